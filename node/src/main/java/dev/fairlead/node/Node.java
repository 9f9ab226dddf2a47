package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.DocumentServices;
import dev.fairlead.node.carrier.Carrier;
import dev.fairlead.node.carrier.LetterSpaces;
import dev.fairlead.node.description.Trust;
import dev.fairlead.node.limits.Crowding;
import dev.fairlead.planner.Landscape;
import dev.fairlead.planner.MechanismSettings;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.calling.DistributedCall;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running node: the services of a plan in one process, with their items over HTTP.
 *
 * <p>Without an access file it believes callers, listens on loopback only, and refuses any other address; without TLS too. {@link #close} stops in good order: nothing new is accepted,
 * calls under way end, then the services and the store close. Safe for many threads.
 */
public final class Node implements AutoCloseable {
    private final HttpServer server;
    private final DocumentServices services;
    private final ServedItems items;
    private final FollowedGroups groups;
    private final Carrier carrier;
    private final DistributedCall lent;
    private final Entrance entrance;
    private final AtomicBoolean closing;

    private Node(
            HttpServer server,
            DocumentServices services,
            ServedItems items,
            FollowedGroups groups,
            Carrier carrier,
            DistributedCall lent,
            Entrance entrance,
            AtomicBoolean closing) {
        this.carrier = carrier;
        this.lent = lent;
        this.entrance = entrance;
        this.items = items;
        this.groups = groups;
        this.server = server;
        this.services = services;
        this.closing = closing;
    }

    /**
     * Starts a node, and returns when it listens; its copies may still be loading.
     *
     * @throws FairleadException with PLAN when the plan or the access file has errors, or the address is not loopback and callers could be overheard or need not prove who they are, with UNREACHABLE when it cannot listen
     *     there, and as opening the plan's services does
     */
    public static Node start(NodeSettings settings) {
        return start(settings, TimeSource.SYSTEM);
    }

    /**
     * Starts a node as {@link #start(NodeSettings)} does; the spaces that callers have beside its own store go by another time, for tests.
     */
    public static Node start(NodeSettings settings, TimeSource spaces) {
        Entrance.refuseUnlessLoopback(settings);
        String data = settings.data().toAbsolutePath().toString();
        LetterSpaces letters = new LetterSpaces(System::nanoTime);
        DistributedCall lent = letters.call();
        DocumentServices services = DocumentServices.open(
                settings.folders(),
                settings.landscape(),
                Map.of(Landscape.EMBEDDED, Map.of("data", data)),
                TimeSource.SYSTEM,
                lent);
        Entrance entrance = null;
        try {
            entrance = Entrance.open(settings, services.plan());
            AtomicBoolean closing = new AtomicBoolean();
            CodecProvider codecs = codecs();
            ServedItems items = new ServedItems(services, codecs);
            FollowedGroups groups = new FollowedGroups(services, TimeSource.SYSTEM);
            Carrier carrier = carrier(services.plan().landscape(), settings, spaces, letters);
            CarrierRoutes carried =
                    new CarrierRoutes(carrier, new CarriedPolicy(services.plan()), entrance::noteErasure);
            Routes routes = routes(settings, new Policy(services.plan()), items, groups, carried, entrance, closing);
            Crowding crowding = new Crowding(System::nanoTime);
            Router router =
                    new Router(routes, entrance, new Outside(services.plan(), TimeSource.SYSTEM), settings, crowding);
            entrance.onChange(() -> items.states().forEach(ServedState::rouse));
            HttpServer server = HttpServer.start(settings, router, entrance, crowding);
            return new Node(server, services, items, groups, carrier, lent, entrance, closing);
        } catch (RuntimeException e) {
            if (entrance != null) {
                entrance.close();
            }
            services.close();
            lent.close();
            throw e;
        }
    }

    private static Routes routes(
            NodeSettings settings,
            Policy policy,
            ServedItems items,
            FollowedGroups groups,
            CarrierRoutes carried,
            Entrance entrance,
            AtomicBoolean closing) {
        NodeLimits limits = settings.limits();
        CodecProvider codecs = codecs();
        Seals seals = Seals.in(settings.data());
        StateRoutes states = new StateRoutes(items, policy, codecs::projection, limits.page());
        ChangeRoutes changes = new ChangeRoutes(
                states,
                seals,
                limits.streams(),
                entrance.rooms(),
                settings.times().heartbeat());
        return new Routes(List.of(
                new HealthRoutes(items, closing::get).routes(),
                states.routes(),
                changes.routes(),
                new EventRoutes(items, policy, seals, codecs).routes(),
                new RequestRoutes(items, policy, codecs::projection, TimeSource.SYSTEM).routes(),
                new LeaseRoutes(items, groups, policy, codecs, TimeSource.SYSTEM).routes(),
                new DeadLetterRoutes(items).routes(),
                new ErasureRoutes(items, policy, entrance::noteErasure).routes(),
                carried.routes(),
                new DescriptionRoutes(policy.plan(), settings.access() == null ? Trust.BELIEVED : Trust.PROVEN)
                        .routes(),
                new MetricsRoutes(entrance.meters(), items, entrance).routes()));
    }

    /** The store that services in other processes use; it is the one that the embedded mechanism keeps. */
    private static Carrier carrier(
            Landscape landscape, NodeSettings settings, TimeSource spaces, LetterSpaces letters) {
        Map<String, String> embedded = landscape
                .mechanism(Landscape.EMBEDDED)
                .map(MechanismSettings::settings)
                .orElse(Map.of());
        return new Carrier(embedded, settings.data(), spaces, letters);
    }

    private static CodecProvider codecs() {
        return ServiceLoader.load(CodecProvider.class)
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.INTERNAL, "no codec on the class path (add dev.fairlead:fairlead-json)"));
    }

    /** Whether connections are encrypted. */
    public boolean isEncrypted() {
        return entrance.authenticator() != null && entrance.authenticator().tls() != null;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            items.end();
            groups.close();
            carrier.close();
            server.close();
            services.close();
            lent.close();
            entrance.close();
        }
    }
}
