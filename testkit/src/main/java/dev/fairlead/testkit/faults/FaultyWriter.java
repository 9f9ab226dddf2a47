package dev.fairlead.testkit.faults;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A writer whose appends pass the faults; after a failing one it stops as the contract says, until it is resumed. */
final class FaultyWriter implements LogWriter {
    private final LogWriter inner;
    private final String log;
    private final FaultPlan plan;
    private final TimeSource time;
    private @Nullable FairleadException stopped;

    FaultyWriter(LogWriter inner, String log, FaultPlan plan, TimeSource time) {
        this.inner = inner;
        this.log = log;
        this.plan = plan;
        this.time = time;
    }

    @Override
    public long epoch() {
        return inner.epoch();
    }

    @Override
    public synchronized CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        if (stopped != null) {
            return CompletableFuture.failedFuture(stopped);
        }
        Optional<AppendFault.Kind> hit = plan.hit(log, entries);
        if (hit.isEmpty()) {
            return inner.append(partition, entries);
        }
        return switch (hit.get()) {
            case AppendFault.Kind.Fail(ErrorCode code) -> stop(code);
            case AppendFault.Kind.UnknownLost lost -> stop(ErrorCode.OUTCOME_UNKNOWN);
            case AppendFault.Kind.UnknownWritten written -> {
                CompletableFuture<Appended> under = inner.append(partition, entries);
                CompletableFuture<Appended> unknown = stop(ErrorCode.OUTCOME_UNKNOWN);
                yield under.handle((appended, failure) -> unknown).thenCompose(outcome -> outcome);
            }
            case AppendFault.Kind.Delay(Duration by) -> delayed(inner.append(partition, entries), by);
        };
    }

    private CompletableFuture<Appended> stop(ErrorCode code) {
        FairleadException failure = new FairleadException(code, "an append to " + log + " failed (a fault on purpose)");
        stopped = new FairleadException(
                ErrorCode.UNREACHABLE, "the writer of " + log + " has stopped at a fault on purpose (resume it)");
        return CompletableFuture.failedFuture(failure);
    }

    /** Completes later, by the wrapper's time, on a thread that waits for it. */
    private CompletableFuture<Appended> delayed(CompletableFuture<Appended> under, Duration by) {
        long due = time.nanos() + by.toNanos();
        CompletableFuture<Appended> later = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            awaitTime(due);
            under.whenComplete((appended, failure) -> {
                if (failure == null) {
                    later.complete(appended);
                } else {
                    later.completeExceptionally(failure);
                }
            });
        });
        return later;
    }

    private void awaitTime(long due) {
        while (due - time.nanos() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public synchronized void resume() {
        inner.resume();
        stopped = null;
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        return inner.erase(partition, key, below);
    }

    @Override
    public void beat(Instant beatTime) {
        inner.beat(beatTime);
    }

    @Override
    public void close() {
        inner.close();
    }
}
