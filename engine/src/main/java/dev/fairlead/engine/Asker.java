package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.api.RequestStatistics;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One service's questions to one request item. */
final class Asker<Q, A> implements AutoCloseable {
    private final RequestPlan plan;
    private final Call call;
    private final RequestContent<Q> questions;
    private final RequestContent<A> answers;
    private final CallFormat format;
    private final TimeSource time;
    private final Steps steps;
    private final Telemetry.Work work;
    private final RequestCounters counters = new RequestCounters();
    private final CallGuard guard;
    private final @Nullable AnswerCache cache;
    private final Set<CompletableFuture<Answer>> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLong open = new AtomicLong();
    private volatile boolean closed;

    Asker(
            RequestPlan plan,
            Call call,
            RequestContent<Q> questions,
            RequestContent<A> answers,
            TimeSource time,
            Steps steps) {
        this.plan = plan;
        this.call = call;
        this.questions = questions;
        this.answers = answers;
        this.format = new CallFormat(plan.id());
        this.time = time;
        this.steps = steps;
        this.work = steps.work(Telemetry.Kind.ASK, plan.id());
        this.guard = new CallGuard(plan, time, counters);
        this.cache = plan.reuse()
                .map(within -> new AnswerCache(plan.id(), within, time))
                .orElse(null);
    }

    /** What a question on this thread may take: the plan's deadline, and no more than the question has that the thread answers. */
    Deadline deadline() {
        Duration said = plan.deadline();
        Duration left = CurrentDeadline.get().map(Deadline::left).orElse(said);
        return Deadline.in(left.compareTo(said) < 0 ? left : said, time);
    }

    A ask(Q question, Deadline deadline) {
        return ask(question, deadline, UUID.randomUUID());
    }

    /** @param key by which the handler recognises the question, should it come again */
    A ask(Q question, Deadline deadline, UUID key) {
        open.incrementAndGet();
        try {
            return ask(question, deadline, key, steps.begin(work));
        } finally {
            open.decrementAndGet();
        }
    }

    private A ask(Q question, Deadline deadline, UUID key, Steps.Outward outward) {
        try {
            A answer = ask(question, deadline, key, outward.origin());
            outward.step().end(null);
            return answer;
        } catch (RuntimeException | Error failure) {
            outward.step().end(failure);
            throw failure;
        }
    }

    private A ask(Q question, Deadline deadline, UUID key, Origin origin) {
        if (closed) {
            throw closed();
        }
        byte[] payload = questions.encode(question);
        return cache == null
                ? askOwner(payload, deadline, key, origin).value()
                : askOnce(cache, payload, deadline, key, origin);
    }

    /** Takes what is kept, or asks and keeps it. */
    private A askOnce(AnswerCache answered, byte[] question, Deadline deadline, UUID key, Origin origin) {
        AtomicReference<@Nullable Answered<A>> own = new AtomicReference<>();
        Optional<byte[]> known = answered.answer(question, deadline, () -> {
            Answered<A> answer = askOwner(question, deadline, key, origin);
            own.set(answer);
            return answer.payload();
        });
        if (known.isEmpty()) {
            return Objects.requireNonNull(own.get()).value();
        }
        counters.kept.increment();
        return decoded(known.get());
    }

    /** An answer, and what it was read from. */
    private record Answered<A>(A value, byte[] payload) {}

    private Answered<A> askOwner(byte[] payload, Deadline deadline, UUID key, Origin origin) {
        counters.asked.increment();
        try {
            Answered<A> answer = guard.ask(
                    deadline, number -> attempt(new CallHeader(key, number, deadline.left(), origin), payload));
            counters.answered.increment();
            return answer;
        } catch (FairleadException failure) {
            counters.failed(failure.code());
            throw failure;
        }
    }

    CompletableFuture<A> askAsync(Q question) {
        Deadline deadline = deadline();
        Steps.Outward outward = steps.begin(work);
        CompletableFuture<A> answer = new CompletableFuture<>();
        open.incrementAndGet();
        Thread.ofVirtual().name("fairlead question to " + plan.id()).start(() -> {
            try {
                answer.complete(ask(question, deadline, UUID.randomUUID(), outward));
            } catch (Throwable failure) {
                answer.completeExceptionally(failure);
            } finally {
                open.decrementAndGet();
            }
        });
        return answer;
    }

    private Answered<A> attempt(CallHeader header, byte[] payload) {
        if (header.left().isZero()) {
            throw new FairleadException(
                    ErrorCode.DEADLINE,
                    "no time was left to ask " + plan.id() + "; the question did not run (allow more in the plan)");
        }
        CompletableFuture<Answer> outcome = call.ask(plan.id(), format.question(header, payload), header.left());
        underWay.add(outcome);
        try {
            if (closed) {
                outcome.cancel(false);
            }
            return accept(header, await(outcome));
        } finally {
            underWay.remove(outcome);
        }
    }

    private Answer await(CompletableFuture<Answer> outcome) {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            outcome.cancel(false);
            Thread.currentThread().interrupt();
            throw new FairleadException(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "the wait for " + plan.id() + " was interrupted; the question may have run",
                    e);
        } catch (CancellationException e) {
            throw closed();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FairleadException failure
                    ? new FairleadException(failure.code(), String.valueOf(failure.getMessage()), failure)
                    : new FairleadException(
                            ErrorCode.INTERNAL, "the mechanism failed on a question to " + plan.id(), e.getCause());
        }
    }

    private Answered<A> accept(CallHeader question, Answer answer) {
        return switch (answer) {
            case Answer.Refused refused when refused.header().length == 0 -> throw failed(refused.message());
            case Answer.Refused refused ->
                throw verified(question, refused) == CallFormat.Form.REFUSED ? refused(refused) : failed(refused);
            case Answer.Given given -> {
                verified(question, given);
                yield new Answered<>(decoded(given.payload()), given.payload());
            }
        };
    }

    private CallFormat.Form verified(CallHeader question, Answer answer) {
        try {
            return format.formOf(answer, question);
        } catch (FairleadException e) {
            counters.foreign.increment();
            throw new FairleadException(
                    ErrorCode.OUTCOME_UNKNOWN, e.getMessage() + "; it was dropped, and the question may have run", e);
        }
    }

    private A decoded(byte[] payload) {
        try {
            return answers.decode(payload);
        } catch (FairleadException e) {
            throw new FairleadException(
                    ErrorCode.FAILED, "the answer from " + plan.id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private FairleadException refused(Answer.Refused refused) {
        Optional<RequestRefused> cause = RunningHandler.refusal(refused.code(), refused.message());
        return cause.map(why -> new FairleadException(
                        ErrorCode.REFUSED, plan.id() + " refused: " + why.code() + ": " + why.getMessage(), why))
                .orElseGet(() -> failed("it refused with a code that is none"));
    }

    private FairleadException failed(Answer.Refused refused) {
        return refused.code().equals(RunningHandler.BAD_QUESTION)
                ? new FairleadException(ErrorCode.BAD_VALUE, plan.id() + ": " + refused.message())
                : failed(refused.message());
    }

    private FairleadException failed(String why) {
        return new FairleadException(
                ErrorCode.FAILED, "the handler of " + plan.id() + " failed: " + why + " (its owner's log says more)");
    }

    private FairleadException closed() {
        return new FairleadException(
                ErrorCode.CLOSED, "the service that asks " + plan.id() + " is closed; a question under way may run");
    }

    void report(WorkReport report) {
        long unsettled = open.get();
        report.mark("questions to " + plan.id(), counters.asked.sum());
        if (unsettled > 0) {
            report.busy(unsettled + " questions to " + plan.id() + " have no outcome");
        }
    }

    RequestStatistics statistics() {
        return counters.statistics(0, underWay.size());
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(outcome -> outcome.cancel(false));
    }
}
