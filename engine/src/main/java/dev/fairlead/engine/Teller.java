package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.TellReceipt;
import dev.fairlead.api.Telling;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Tells one item what one service has to say. */
final class Teller<Q> {
    private final TellPlan plan;
    private final Queue queue;
    private final RequestContent<Q> questions;
    private final CallFormat format;
    private final TimeSource time;
    private final Steps steps;
    private final Telemetry.Work work;
    private final AtomicLong sending = new AtomicLong();
    private final LongAdder sent = new LongAdder();

    Teller(TellPlan plan, Queue queue, RequestContent<Q> questions, TimeSource time, Steps steps) {
        this.plan = plan;
        this.queue = queue;
        this.questions = questions;
        this.format = new CallFormat(plan.id());
        this.time = time;
        this.steps = steps;
        this.work = steps.work(Telemetry.Kind.TELL, plan.id());
    }

    TellReceipt tell(Q question, Telling how) {
        try {
            return tellAsync(question, how).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FairleadException failure) {
                throw new FairleadException(failure.code(), String.valueOf(failure.getMessage()), failure);
            }
            throw new FairleadException(
                    ErrorCode.INTERNAL, "the mechanism failed on what was told to " + plan.id(), e.getCause());
        }
    }

    CompletableFuture<TellReceipt> tellAsync(Q question, Telling how) {
        Steps.Outward outward = steps.begin(work);
        return told(question, how, outward.origin())
                .whenComplete((receipt, failure) -> outward.step().end(failure));
    }

    private CompletableFuture<TellReceipt> told(Q question, Telling how, Origin origin) {
        try {
            UUID key = how.key().orElseGet(UUID::randomUUID);
            CallHeader header = new CallHeader(key, 1, Duration.ZERO, origin);
            Question message = format.question(header, questions.encode(question));
            return counted(message, how.start()).thenApply(done -> new TellReceipt(plan.id(), key, done.durability()));
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    private CompletableFuture<Sent> counted(Question message, Telling.Start start) {
        sending.incrementAndGet();
        try {
            return send(message, start).whenComplete((done, failure) -> {
                sent.increment();
                sending.decrementAndGet();
            });
        } catch (RuntimeException | Error refusal) {
            sending.decrementAndGet();
            throw refusal;
        }
    }

    void report(WorkReport report) {
        report.mark("told to " + plan.id(), sent.sum());
        if (sending.get() > 0) {
            report.busy(plan.id() + " is being told something");
        }
        long waiting = queue.depth(plan.id()).waiting();
        if (waiting > 0) {
            report.waiting(waiting + " messages to " + plan.id() + " wait for a handler");
        }
    }

    private CompletableFuture<Sent> send(Question message, Telling.Start start) {
        return switch (start) {
            case Telling.Start.Now now -> queue.send(plan.id(), message);
            case Telling.Start.NotBefore(Instant moment) -> queue.send(plan.id(), message, moment);
            case Telling.Start.After(Duration delay) -> queue.send(plan.id(), message, after(delay));
        };
    }

    private Instant after(Duration delay) {
        try {
            return time.now().plus(delay);
        } catch (DateTimeException | ArithmeticException e) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, plan.id() + " cannot be told something for after " + delay, e);
        }
    }
}
