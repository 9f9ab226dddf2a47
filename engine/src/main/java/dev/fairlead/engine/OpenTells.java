package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Handling;
import dev.fairlead.api.Subscription;
import dev.fairlead.api.TellHandler;
import dev.fairlead.api.TellItem;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.Watched;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The items that one open service tells, each with one teller, and the handlers of those that it is told. */
final class OpenTells implements AutoCloseable {
    private final PlanBinding plans;
    private final Mechanisms mechanisms;
    private final CodecProvider codecs;
    private final TimeSource time;
    private final Steps steps;
    private final Map<Handling<?>, Subscription> watches = new ConcurrentHashMap<>();
    private final Map<TellItem<?>, Teller<?>> tellers = new ConcurrentHashMap<>();
    private final Set<RunningTellHandler<?>> handlers = ConcurrentHashMap.newKeySet();

    OpenTells(PlanBinding plans, Mechanisms mechanisms, CodecProvider codecs, TimeSource time, Steps steps) {
        this.plans = plans;
        this.mechanisms = mechanisms;
        this.codecs = codecs;
        this.time = time;
        this.steps = steps;
    }

    @SuppressWarnings("unchecked") // a teller is kept under the handle that gives it its type
    <Q> Optional<Teller<Q>> known(TellItem<Q> item) {
        return Optional.ofNullable((Teller<Q>) tellers.get(item));
    }

    @SuppressWarnings("unchecked") // as above
    <Q> Teller<Q> teller(TellItem<Q> item) {
        return (Teller<Q>) tellers.computeIfAbsent(item, this::open);
    }

    private <Q> Teller<Q> open(TellItem<Q> item) {
        TellPlan plan = plans.told(item);
        return new Teller<>(plan, queue(plan), questions(item, plan), codecs.mediaType(), time, steps);
    }

    /** @param policy null for what the plan says */
    <Q> Handling<Q> handle(TellItem<Q> item, TellHandler<Q> handler, @Nullable FailurePolicy policy) {
        TellPlan plan = plans.handled(item);
        RunningTellHandler<Q> running = new RunningTellHandler<>(
                plan,
                queue(plan),
                questions(item, plan),
                handler,
                policy == null ? plan.whenFailing() : policy,
                this::ended,
                time,
                steps);
        handlers.add(running);
        watches.put(running, steps.watch(service -> new Watched.Told(service, plan.id(), running)));
        running.start();
        return running;
    }

    private void ended(RunningTellHandler<?> handler) {
        handlers.remove(handler);
        Subscription watch = watches.remove(handler);
        if (watch != null) {
            watch.close();
        }
    }

    private Queue queue(TellPlan plan) {
        Mechanism mechanism = mechanisms.of(plan.id());
        Queue queue = Mechanisms.queue(mechanism, plan.id());
        Durability durability = plan.durability().orElseGet(() -> Assembly.best(mechanism));
        queue.define(new QueueDefinition(plan.id(), durability));
        return queue;
    }

    private <Q> RequestContent<Q> questions(TellItem<Q> item, TellPlan plan) {
        String what = "what is told to " + item.id();
        return new RequestContent<>(
                what,
                codecs.codec(item.questionType()),
                new RecordAccess<>(what, item.questionType(), plan.optional()));
    }

    void report(WorkReport report) {
        tellers.values().forEach(teller -> teller.report(report));
        handlers.forEach(handler -> handler.report(report));
    }

    @Override
    public void close() {
        handlers.forEach(Closing::quietly);
    }
}
