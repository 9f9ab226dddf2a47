package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Landscape;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.lock.LockFile;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All services of a plan that share something, open in one process that has no Java types for their items.
 *
 * <p>Handles are {@code StateItem.of(id, String.class, Document.class)} and {@code EventItem.of(id, String.class, EventDocument.class)}:
 * {@link Document} and {@link EventDocument} hold what the codec writes, and each is checked against the plan's fields when it is written. A
 * service may copy and look up what it owns, with all fields; what a reader is allowed to see of that is its user's to see to, since one
 * copy serves all readers. It is kept as fresh as the strictest of them asks.
 *
 * <p>Safe for many threads. {@link #close} closes the services and the mechanisms opened here.
 */
public final class DocumentServices implements AutoCloseable {
    private final Plan plan;
    private final Map<String, Fairlead> services = new HashMap<>();
    private final Map<String, String> carriers = new HashMap<>();
    private final Map<String, DocumentRequests> requests = new HashMap<>();
    private final Map<String, Mechanisms> mechanisms = new HashMap<>();
    private final Map<String, EventItems> readers = new HashMap<>();

    private final TimeSource time;
    private final Call lent;

    private DocumentServices(Plan plan, TimeSource time, Call lent) {
        this.plan = plan;
        this.time = time;
        this.lent = lent;
    }

    /**
     * Reads the plan and opens its services.
     *
     * @param landscape the landscape file; when null, {@code landscape.yaml} of the first folder
     * @param settings by the name of a mechanism, entries that stand above those of the landscape
     * @param lent what carries the questions of those to whom this process {@linkplain #isLent lends} its store, and then those asked here too; it stays its giver's to close
     * @throws FairleadException as {@link Fairlead#open} does
     */
    public static DocumentServices open(
            List<Path> folders,
            @Nullable Path landscape,
            Map<String, Map<String, String>> settings,
            TimeSource time,
            Call lent) {
        Plan plan = PlanFiles.read(folders, landscape);
        Decisions decisions = Decisions.decide(plan);
        DocumentServices opened = new DocumentServices(plan, time, lent);
        try {
            for (ServicePlan service : plan.services()) {
                PlanFiles.checkLock(plan, decisions, service.name(), LockFile.of(folders.getFirst(), landscape));
                if (!service.shares().isEmpty()) {
                    opened.open(decisions, service, settings);
                }
            }
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private void open(Decisions decisions, ServicePlan service, Map<String, Map<String, String>> settings) {
        String name = service.name();
        DocumentPlans plans = new DocumentPlans(plan, decisions, service);
        Mechanisms offered = new Mechanisms(
                List.of(),
                plans.mechanisms(),
                mechanism -> opening(mechanism, settings),
                mechanism -> plan.landscape().mechanism(mechanism).isPresent());
        carriers.putAll(plans.mechanisms());
        CodecProvider codecs = Opening.codecs();
        Steps steps = new Steps(Opening.foundTelemetry(), name);
        PlanBinding binding = new PlanBinding(plan, decisions, name);
        services.put(
                name,
                new OpenService(
                        name,
                        plans,
                        offered,
                        new Assembly(name, this::codecs, time, steps),
                        new ServiceTimer(name),
                        new OpenRequests(binding, offered, codecs, time, steps),
                        new OpenTells(binding, offered, codecs, time, steps)));
        requests.put(name, new DocumentRequests(name, plan, offered, item -> call(offered, item), codecs, time, steps));
        mechanisms.put(name, offered);
    }

    private Call call(Mechanisms offered, String item) {
        return isLent() && Landscape.EMBEDDED.equals(carriers.get(item))
                ? lent
                : Mechanisms.call(offered.of(item), item);
    }

    /** Whether services in other processes use the embedded store of this one: the landscape names an address of it. */
    public boolean isLent() {
        return plan.landscape()
                .mechanism(DocumentPlans.HTTP)
                .filter(http -> http.settings().containsKey("url"))
                .isPresent();
    }

    private CodecProvider codecs(String item) {
        return new DocumentCodecs(Opening.codecs(), plan.item(ItemId.of(item)).orElseThrow());
    }

    private MechanismOpening opening(String mechanism, Map<String, Map<String, String>> settings) {
        MechanismOpening planned = PlanFiles.opening(plan, mechanism, time);
        Map<String, String> merged = new HashMap<>(planned.settings());
        merged.putAll(settings.getOrDefault(mechanism, Map.of()));
        return new MechanismOpening(merged, planned.folder(), time);
    }

    /** The plan that the services run on. */
    public Plan plan() {
        return plan;
    }

    /** The service as it owns its items; fails with PLAN when the plan has none of this name that shares something. */
    public Fairlead of(String service) {
        Fairlead found = services.get(service);
        if (found == null) {
            throw new FairleadException(ErrorCode.PLAN, "no service " + service + " shares anything in the plan");
        }
        return found;
    }

    /** The request items of the service; fails as {@link #of} does. */
    public DocumentRequests requests(String service) {
        of(service);
        return Objects.requireNonNull(requests.get(service));
    }

    /**
     * The events of the item as the service follows them, with all events and fields: its groups are those of the service, here and in
     * processes of its own. Fails with PLAN when it neither owns nor needs them.
     */
    public Events<String, EventDocument> events(String service, ItemId item) {
        EventItem<String, EventDocument> handle = EventItem.of(item.toString(), String.class, EventDocument.class);
        if (item.owner().equals(service)) {
            return of(service).events(handle);
        }
        EventPlan read = EventBinding.read(
                plan.service(service).orElseThrow(), plan.item(item).orElseThrow());
        return readers(service, item.owner()).of(handle, read);
    }

    private synchronized EventItems readers(String service, String owner) {
        return readers.computeIfAbsent(
                service + " of " + owner,
                both -> new EventItems(
                        service,
                        Objects.requireNonNull(mechanisms.get(owner)),
                        this::codecs,
                        time,
                        new Steps(Opening.foundTelemetry(), service)));
    }

    /** The name of the mechanism that carries the item. */
    public String carrier(ItemId item) {
        return carriers.getOrDefault(item.toString(), "");
    }

    @Override
    public void close() {
        requests.values().forEach(DocumentRequests::close);
        closeReaders();
        services.values().forEach(Fairlead::close);
    }

    private synchronized void closeReaders() {
        readers.values().forEach(EventItems::close);
    }
}
