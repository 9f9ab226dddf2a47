package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.DocumentServices;
import dev.fairlead.planner.Landscape;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.TimeSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running node: the services of a plan in one process, with their items over HTTP.
 *
 * <p>Without security it listens on loopback only, and refuses any other address. {@link #close} stops in good order: nothing new is accepted,
 * calls under way end, then the services and the store close. Safe for many threads.
 */
public final class Node implements AutoCloseable {
    private final HttpServer server;
    private final DocumentServices services;
    private final ServedItems items;
    private final FollowedGroups groups;
    private final AtomicBoolean closing;

    private Node(
            HttpServer server,
            DocumentServices services,
            ServedItems items,
            FollowedGroups groups,
            AtomicBoolean closing) {
        this.items = items;
        this.groups = groups;
        this.server = server;
        this.services = services;
        this.closing = closing;
    }

    /**
     * Starts a node, and returns when it listens; its copies may still be loading.
     *
     * @throws FairleadException with PLAN when the plan has errors or the address is not loopback, with UNREACHABLE when it cannot listen
     *     there, and as opening the plan's services does
     */
    public static Node start(NodeSettings settings) {
        refuseUnlessLoopback(settings.host());
        String data = settings.data().toAbsolutePath().toString();
        DocumentServices services = DocumentServices.open(
                settings.folders(),
                settings.landscape(),
                Map.of(Landscape.EMBEDDED, Map.of("data", data)),
                TimeSource.SYSTEM);
        try {
            AtomicBoolean closing = new AtomicBoolean();
            ServedItems items = new ServedItems(services);
            FollowedGroups groups = new FollowedGroups(services, TimeSource.SYSTEM);
            Routes routes = routes(settings, new Policy(services.plan()), items, groups, closing);
            Router router = new Router(routes, new Callers(services.plan()), settings.limits());
            return new Node(HttpServer.start(settings, router), services, items, groups, closing);
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private static Routes routes(
            NodeSettings settings, Policy policy, ServedItems items, FollowedGroups groups, AtomicBoolean closing) {
        NodeLimits limits = settings.limits();
        CodecProvider codecs = codecs();
        StateRoutes states = new StateRoutes(items, policy, codecs::projection, limits.page());
        ChangeRoutes changes =
                new ChangeRoutes(states, limits.streams(), settings.times().heartbeat());
        return new Routes(List.of(
                new HealthRoutes(items, closing::get).routes(),
                states.routes(),
                changes.routes(),
                new EventRoutes(items, policy, codecs).routes(),
                new RequestRoutes(items, policy, codecs::projection, TimeSource.SYSTEM).routes(),
                new LeaseRoutes(items, groups, policy, codecs, TimeSource.SYSTEM).routes(),
                new DeadLetterRoutes(items).routes()));
    }

    private static void refuseUnlessLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    throw new FairleadException(
                            ErrorCode.PLAN,
                            "the node does not listen on " + host
                                    + ": it has no TLS and no authentication yet, and believes"
                                    + " what callers say of themselves (listen on " + NodeSettings.HOST
                                    + ", and let a proxy that checks callers stand before it)");
                }
            }
        } catch (UnknownHostException e) {
            throw new FairleadException(ErrorCode.PLAN, "this machine has no address " + host, e);
        }
    }

    private static CodecProvider codecs() {
        return ServiceLoader.load(CodecProvider.class)
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.INTERNAL, "no codec on the class path (add dev.fairlead:fairlead-json)"));
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
            server.close();
            services.close();
        }
    }
}
