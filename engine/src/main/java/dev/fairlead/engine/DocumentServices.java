package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.lock.LockFile;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    private DocumentServices(Plan plan) {
        this.plan = plan;
    }

    /**
     * Reads the plan and opens its services.
     *
     * @param landscape the landscape file; when null, {@code landscape.yaml} of the first folder
     * @param settings by the name of a mechanism, entries that stand above those of the landscape
     * @throws FairleadException as {@link Fairlead#open} does
     */
    public static DocumentServices open(
            List<Path> folders, @Nullable Path landscape, Map<String, Map<String, String>> settings, TimeSource time) {
        Plan plan = PlanFiles.read(folders, landscape);
        Decisions decisions = Decisions.decide(plan);
        DocumentServices opened = new DocumentServices(plan);
        try {
            for (ServicePlan service : plan.services()) {
                PlanFiles.checkLock(plan, decisions, service.name(), LockFile.of(folders.getFirst(), landscape));
                if (!service.shares().isEmpty()) {
                    opened.open(decisions, service, settings, time);
                }
            }
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private void open(
            Decisions decisions, ServicePlan service, Map<String, Map<String, String>> settings, TimeSource time) {
        String name = service.name();
        DocumentPlans plans = new DocumentPlans(plan, decisions, service);
        Mechanisms mechanisms = new Mechanisms(
                List.of(),
                plans.mechanisms(),
                mechanism -> opening(mechanism, settings, time),
                mechanism -> plan.landscape().mechanism(mechanism).isPresent());
        carriers.putAll(plans.mechanisms());
        CodecProvider codecs = Opening.codecs();
        Function<String, CodecProvider> ofItem =
                id -> new DocumentCodecs(codecs, plan.item(ItemId.of(id)).orElseThrow());
        Steps steps = new Steps(Opening.foundTelemetry(), name);
        PlanBinding binding = new PlanBinding(plan, decisions, name);
        services.put(
                name,
                new OpenService(
                        name,
                        plans,
                        mechanisms,
                        new Assembly(name, ofItem, time, steps),
                        new ServiceTimer(name),
                        new OpenRequests(binding, mechanisms, codecs, time, steps),
                        new OpenTells(binding, mechanisms, codecs, time, steps)));
    }

    private MechanismOpening opening(String mechanism, Map<String, Map<String, String>> settings, TimeSource time) {
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

    /** The name of the mechanism that carries the item. */
    public String carrier(ItemId item) {
        return carriers.getOrDefault(item.toString(), "");
    }

    @Override
    public void close() {
        services.values().forEach(Fairlead::close);
    }
}
