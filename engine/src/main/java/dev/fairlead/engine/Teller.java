package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.TellReceipt;
import dev.fairlead.api.Telling;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.cloudevents.CloudEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Tells one item what one service has to say. */
final class Teller<Q> {
    private final TellPlan plan;
    private final Queue queue;
    private final RequestContent<Q> questions;
    private final CallFormat format;
    private final CloudEventForm form;
    private final TimeSource time;
    private final Steps steps;
    private final Telemetry.Work work;
    private final AtomicLong sending = new AtomicLong();
    private final LongAdder sent = new LongAdder();

    Teller(TellPlan plan, Queue queue, RequestContent<Q> questions, String mediaType, TimeSource time, Steps steps) {
        this.plan = plan;
        this.queue = queue;
        this.questions = questions;
        this.format = new CallFormat(plan.id());
        this.form = new CloudEventForm(plan.id(), plan.envelope(), mediaType);
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
        try {
            UUID key = how.key().orElseGet(UUID::randomUUID);
            CallHeader header = new CallHeader(key, 1, Duration.ZERO, outward.origin());
            Question packed = format.question(header, questions.encode(question));
            CloudEvent event = form.of(header, CallFormat.TOLD, time.now());
            Question message = new Question(packed.header(), packed.payload(), event);
            sending.incrementAndGet();
            try {
                return send(message, how.start())
                        .handle((done, failure) -> told(new Told(key, outward.step()), done, failure));
            } catch (RuntimeException | Error refusal) {
                sending.decrementAndGet();
                throw refusal;
            }
        } catch (FairleadException refusal) {
            outward.step().end(refusal);
            return CompletableFuture.failedFuture(refusal);
        } catch (RuntimeException | Error failure) {
            outward.step().end(failure);
            throw failure;
        }
    }

    /** A message on its way. */
    private record Told(UUID key, Telemetry.Step step) {}

    private TellReceipt told(Told message, @Nullable Sent done, @Nullable Throwable failure) {
        sent.increment();
        sending.decrementAndGet();
        message.step().end(failure);
        if (failure != null) {
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        }
        return new TellReceipt(
                plan.id(), message.key(), Objects.requireNonNull(done).durability());
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
