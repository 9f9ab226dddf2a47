package dev.fairlead.engine;

import dev.fairlead.api.Answering;
import dev.fairlead.api.Asked;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.RequestHandler;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.api.RequestStatistics;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An owner's handler of one request item: decodes questions, runs the handler, and lets nothing of what it throws get out. */
final class RunningHandler<Q, A> implements Answering, Answerer {
    /** The code by which a handler's side says that it cannot read a question. */
    static final String BAD_QUESTION = "question";

    private static final String FAILED = "handler";
    private static final byte[] NO_HEADER = {};
    private static final System.Logger LOG = System.getLogger(RunningHandler.class.getName());

    private final RequestPlan plan;
    private final RequestContent<Q> questions;
    private final RequestContent<A> answers;
    private final RequestHandler<Q, A> handler;
    private final Consumer<Answering> onClose;
    private final CallFormat format;
    private final TimeSource time;
    private final Steps steps;
    private final Telemetry.Work work;
    private final RequestCounters counters = new RequestCounters();
    private final AtomicLong underWay = new AtomicLong();
    private final OpenAnswerer open;

    RunningHandler(
            RequestPlan plan,
            Call call,
            RequestContent<Q> questions,
            RequestContent<A> answers,
            RequestHandler<Q, A> handler,
            Consumer<Answering> onClose,
            TimeSource time,
            Steps steps) {
        this.plan = plan;
        this.questions = questions;
        this.answers = answers;
        this.handler = handler;
        this.onClose = onClose;
        this.format = new CallFormat(plan.id());
        this.time = time;
        this.steps = steps;
        this.work = steps.work(Telemetry.Kind.ANSWER, plan.id());
        this.open = call.answer(plan.id(), RequestRules.ROOM, this);
    }

    private record Come(UUID key, int attempt, Deadline deadline) implements Asked {
        @Override
        public Duration left() {
            return deadline.left();
        }
    }

    /** The refusal of this code, if it is a code. */
    static Optional<RequestRefused> refusal(String code, String message) {
        try {
            return Optional.of(new RequestRefused(code, message));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Answer answer(Question question) {
        counters.asked.increment();
        underWay.incrementAndGet();
        try {
            return answerTo(question);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Answer answerTo(Question question) {
        CallHeader header;
        try {
            header = format.unpack(question);
        } catch (FairleadException e) {
            counters.foreign.increment();
            LOG.log(System.Logger.Level.WARNING, () -> "a question was dropped: " + e.getMessage());
            return new Answer.Refused(NO_HEADER, Answer.FAILED, "the question was not as it was sent");
        }
        if (header.attempt() > 1) {
            counters.retried.increment();
        }
        Q decoded;
        try {
            decoded = questions.decode(question.payload());
        } catch (FairleadException e) {
            counters.failed.increment();
            LOG.log(System.Logger.Level.WARNING, () -> "a question to " + plan.id() + ": " + e.getMessage());
            return format.refused(CallFormat.Form.FAILED, header, BAD_QUESTION, "the owner cannot read the question");
        }
        return handle(header, decoded);
    }

    private Answer handle(CallHeader header, Q question) {
        Deadline deadline = Deadline.in(header.left(), time);
        try {
            Come come = new Come(header.key(), header.attempt(), deadline);
            Origin origin = Origins.answering(header.origin(), plan.id(), header.key());
            A answer = steps.receive(
                    work, origin, () -> CurrentDeadline.during(deadline, () -> handler.answer(question, come)));
            byte[] payload = answers.encode(present(answer));
            counters.answered.increment();
            return format.given(header, payload);
        } catch (RequestRefused refused) {
            counters.refused.increment();
            return format.refused(
                    CallFormat.Form.REFUSED, header, refused.code(), String.valueOf(refused.getMessage()));
        } catch (Throwable thrown) {
            counters.failed.increment();
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "the handler of " + plan.id() + " failed on " + header.key(),
                    thrown);
            return format.refused(CallFormat.Form.FAILED, header, FAILED, "question " + header.key());
        }
    }

    private A present(@Nullable A answer) {
        if (answer == null) {
            throw new IllegalStateException("the handler of " + plan.id() + " returned null");
        }
        return answer;
    }

    void report(WorkReport report) {
        long running = underWay.get();
        report.mark("answers of " + plan.id(), counters.asked.sum());
        if (running > 0) {
            report.busy("the handler of " + plan.id() + " is answering " + running + " questions");
        }
    }

    @Override
    public RequestStatistics statistics() {
        return counters.statistics(open.dropped(), underWay.get());
    }

    @Override
    public void close() {
        onClose.accept(this);
        open.close();
    }
}
