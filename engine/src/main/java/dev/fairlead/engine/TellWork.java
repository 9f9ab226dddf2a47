package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.TellHandler;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done with one message: the handler is called once, then the message is acknowledged, given back for the next attempt, or set
 * aside after the last. Whatever cannot be written here comes again when the lease is over.
 */
final class TellWork<Q> {
    private static final System.Logger LOG = System.getLogger(TellWork.class.getName());

    private final String name;
    private final String item;
    private final CallFormat format;
    private final RequestContent<Q> questions;
    private final TellHandler<Q> handler;
    private final FailurePolicy policy;
    private final TellCounters counters;
    private final TimeSource time;
    private final AtomicLong settling = new AtomicLong();
    private final Steps steps;
    private final Telemetry.Work work;
    private final Executor apart;
    private final Map<Attempt, Delivered> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param apart runs what an alarm of a time limit has to do, since the alarms of others wait for it */
    TellWork(
            String name,
            String item,
            CallFormat format,
            RequestContent<Q> questions,
            TellHandler<Q> handler,
            FailurePolicy policy,
            TellCounters counters,
            TimeSource time,
            Steps steps,
            Executor apart) {
        this.name = name;
        this.item = item;
        this.format = format;
        this.questions = questions;
        this.handler = handler;
        this.policy = policy;
        this.counters = counters;
        this.time = time;
        this.steps = steps;
        this.apart = apart;
        this.work = steps.work(Telemetry.Kind.HANDLE, item);
    }

    /** Returns when the handler has, however long that takes. */
    void handle(Delivered delivered) {
        if (delivered.attempt() > policy.attempts()) {
            setAside(
                    delivered,
                    "its " + policy.attempts() + " attempts did not come to their end here: the process died, or"
                            + " was closed");
            return;
        }
        ToldItem<Q> told;
        try {
            told = ToldItem.read(format, questions, delivered);
        } catch (FairleadException e) {
            setAside(delivered, "it cannot be read: " + e.getMessage());
            return;
        }
        attempt(delivered, told);
    }

    private void attempt(Delivered delivered, ToldItem<Q> told) {
        Attempt attempt = new Attempt();
        running.put(attempt, delivered);
        if (closed) {
            giveUp(attempt, delivered);
        }
        Deadline deadline = Deadline.in(policy.timeLimit(), time);
        Throwable failure = attempt.decided()
                ? null
                : call(told, deadline, () -> {
                    if (attempt.giveUp()) {
                        tookTooLong(delivered);
                    }
                });
        boolean inTime = attempt.end();
        running.remove(attempt);
        Thread.interrupted(); // what the handler has left behind, or the end of the attempt
        if (!inTime) {
            counters.late.increment();
        } else if (failure == null) {
            settled(() -> delivered.acknowledge(), counters.handled);
        } else {
            failed(delivered, ErrorText.of(failure));
        }
    }

    private void tookTooLong(Delivered delivered) {
        Runnable failing = () -> failed(delivered, "an attempt took longer than " + policy.timeLimit());
        try {
            apart.execute(failing);
        } catch (RuntimeException
                | OutOfMemoryError noThread) { // others may wait a little rather than this message a lease
            failing.run();
        }
    }

    private @Nullable Throwable call(ToldItem<Q> told, Deadline deadline, Runnable atLimit) {
        try {
            TimeSource.Alarm limit = time.at(deadline.until(), atLimit);
            try {
                Origin origin = Origins.answering(told.origin(), item, told.key());
                steps.receive(
                        work,
                        origin,
                        () -> CurrentDeadline.during(deadline, () -> {
                            handler.handle(told.question(), told.within(deadline));
                            return told;
                        }));
            } finally {
                limit.cancel();
            }
            return null;
        } catch (Throwable failure) { // whatever an application throws concerns this message and no other
            return failure;
        }
    }

    private void failed(Delivered delivered, String error) {
        if (delivered.attempt() < policy.attempts()) {
            Duration delay = policy.delayAfter(delivered.attempt());
            settled(() -> delivered.giveBack(delay), counters.retried);
        } else {
            setAside(delivered, error);
        }
    }

    private void setAside(Delivered delivered, String error) {
        LOG.log(System.Logger.Level.WARNING, () -> name + " set a message aside: " + error);
        settled(() -> delivered.setAside(error), counters.setAside);
    }

    private void settled(Supplier<CompletableFuture<Void>> settlement, LongAdder count) {
        settling.incrementAndGet();
        settlement.get().whenComplete((done, failure) -> {
            account(failure, count);
            settling.decrementAndGet();
        });
    }

    /** How many settlements are under way, or not counted yet. */
    long settling() {
        return settling.get();
    }

    private void account(@Nullable Throwable failure, LongAdder count) {
        if (failure == null) {
            count.increment();
            return;
        }
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        ErrorCode code = cause instanceof FairleadException known ? known.code() : ErrorCode.INTERNAL;
        if (code == ErrorCode.FENCED) {
            counters.late.increment();
        } else if (code != ErrorCode.CLOSED) {
            LOG.log(System.Logger.Level.WARNING, () -> name + " could not settle a message; it comes again", cause);
        }
    }

    /** Interrupts what runs; all of it comes again, and this attempt does not count. Waits a while until that is written. */
    void close() {
        closed = true;
        List<CompletableFuture<Void>> handed = new ArrayList<>();
        running.forEach((attempt, delivered) -> giveUp(attempt, delivered).ifPresent(handed::add));
        try {
            CompletableFuture.allOf(handed.toArray(CompletableFuture<?>[]::new))
                    .get(TellRules.CLOSING.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, () -> name + " ends, and an attempt that it cut off counts", e);
        }
    }

    private static Optional<CompletableFuture<Void>> giveUp(Attempt attempt, Delivered delivered) {
        return attempt.giveUp() ? Optional.of(delivered.handBack()) : Optional.empty();
    }
}
