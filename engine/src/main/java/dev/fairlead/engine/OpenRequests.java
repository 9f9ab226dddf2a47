package dev.fairlead.engine;

import dev.fairlead.api.Answering;
import dev.fairlead.api.RequestHandler;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.Subscription;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.Watched;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of one open service: the items that it asks, each with one asker, and the handlers by which it answers. */
final class OpenRequests implements AutoCloseable {
    private final PlanBinding plans;
    private final Mechanisms mechanisms;
    private final CodecProvider codecs;
    private final TimeSource time;
    private final Steps steps;
    private final Map<Answering, Subscription> watches = new ConcurrentHashMap<>();
    private final Set<Subscription> asked = ConcurrentHashMap.newKeySet();
    private final Map<RequestItem<?, ?>, Asker<?, ?>> askers = new ConcurrentHashMap<>();
    private final Set<RunningHandler<?, ?>> handlers = ConcurrentHashMap.newKeySet();

    OpenRequests(PlanBinding plans, Mechanisms mechanisms, CodecProvider codecs, TimeSource time, Steps steps) {
        this.plans = plans;
        this.mechanisms = mechanisms;
        this.codecs = codecs;
        this.time = time;
        this.steps = steps;
    }

    @SuppressWarnings("unchecked") // an asker is kept under the handle that gives it its types
    <Q, A> Optional<Asker<Q, A>> known(RequestItem<Q, A> item) {
        return Optional.ofNullable((Asker<Q, A>) askers.get(item));
    }

    @SuppressWarnings("unchecked") // as above
    <Q, A> Asker<Q, A> asker(RequestItem<Q, A> item) {
        return (Asker<Q, A>) askers.computeIfAbsent(item, this::open);
    }

    private <Q, A> Asker<Q, A> open(RequestItem<Q, A> item) {
        RequestPlan plan = plans.asked(item);
        Asker<Q, A> asker = new Asker<>(plan, call(item), questions(item, plan), answers(item, plan), time, steps);
        asked.add(steps.watch(service -> new Watched.Questions(service, plan.id(), asker::statistics)));
        return asker;
    }

    <Q, A> Answering answer(RequestItem<Q, A> item, RequestHandler<Q, A> handler) {
        RequestPlan plan = plans.answered(item);
        RunningHandler<Q, A> running = new RunningHandler<>(
                plan, call(item), questions(item, plan), answers(item, plan), handler, this::ended, time, steps);
        handlers.add(running);
        watches.put(running, steps.watch(service -> new Watched.Answers(service, plan.id(), running)));
        return running;
    }

    private void ended(Answering handler) {
        handlers.remove(handler);
        Subscription watch = watches.remove(handler);
        if (watch != null) {
            watch.close();
        }
    }

    private Call call(RequestItem<?, ?> item) {
        return Mechanisms.call(mechanisms.of(item.id()), item.id());
    }

    private <Q> RequestContent<Q> questions(RequestItem<Q, ?> item, RequestPlan plan) {
        return content("a question to " + item.id(), item.questionType(), plan.optionalOfQuestion());
    }

    private <A> RequestContent<A> answers(RequestItem<?, A> item, RequestPlan plan) {
        return content("an answer from " + item.id(), item.answerType(), plan.optionalOfAnswer());
    }

    private <V> RequestContent<V> content(String what, Class<V> type, Set<String> optional) {
        return new RequestContent<>(what, codecs.codec(type), new RecordAccess<>(what, type, optional));
    }

    void report(WorkReport report) {
        askers.values().forEach(asker -> asker.report(report));
        handlers.forEach(handler -> handler.report(report));
    }

    /** Handlers first, so that nothing new comes in while questions end. */
    @Override
    public void close() {
        handlers.forEach(Closing::quietly);
        asked.forEach(Subscription::close);
        askers.values().forEach(Closing::quietly);
    }
}
