package dev.fairlead.spi.server;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.input.LogLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The appends and beats of one writer of a log with one partition, done by the threads of its mechanism; {@link Appends} has a thread of its
 * own. Safe for many threads.
 *
 * <p>Whatever waits goes out together, as of a {@link Lane}. After a failure everything fails that waits or comes, until the writer is
 * resumed.
 */
public final class AppendLane {
    /** Where the appends go. Called by one thread at a time, but for the beats. */
    public interface Target {
        /** Writes the entries of one or several appends, all or none; the offset of the first. */
        long write(List<LogEntry> entries);

        /** The level that a write which has returned reaches. */
        Durability reached();

        /** Tells the readers that the writer lived at the moment; what fails is dropped, since the next beat comes soon. */
        void sendBeat(Instant time);

        /** Finds out what became of a write that failed, so that writing can go on; afterwards it does nothing any more. */
        void decide();
    }

    private static final int OVERHEAD = 200;

    private final Workers workers;
    private final String log;
    private final Target target;
    private final Lane<AppendRequest> lane;
    private final AtomicReference<@Nullable Instant> beat = new AtomicReference<>();
    private volatile @Nullable FairleadException failure;

    /** {@code log} is its name, for messages. */
    public AppendLane(Workers workers, String log, Target target) {
        this.workers = workers;
        this.log = log;
        this.target = target;
        this.lane = new Lane<>(
                workers,
                request -> OVERHEAD + request.bytes(),
                this::work,
                request -> request.result().completeExceptionally(workers.closed()));
    }

    /** As {@link dev.fairlead.spi.LogWriter#append}; blocks while too much waits, and not for the server. */
    public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        try {
            LogLimits.checkPartition(log, partition);
            List<LogEntry> checked = List.copyOf(entries);
            long bytes = LogLimits.checkEntries(log, checked, 0);
            AppendRequest request =
                    new AppendRequest(checked, bytes + (long) OVERHEAD * checked.size(), new CompletableFuture<>());
            lane.add(request);
            return request.result();
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    /** Returns before the beat is sent; of several that wait, the newest is. Fails with FENCED once an append did. */
    public void beat(Instant time) {
        FairleadException stopped = failure;
        if (stopped != null && stopped.code() == ErrorCode.FENCED) {
            throw behind(stopped);
        }
        if (beat.getAndSet(time) == null) {
            lane.add(new AppendRequest(List.of(), 0, new CompletableFuture<>()));
        }
    }

    private void work(List<AppendRequest> batch) {
        List<AppendRequest> appends =
                batch.stream().filter(request -> !request.entries().isEmpty()).toList();
        if (!appends.isEmpty()) {
            append(appends);
        }
        Instant time = beat.getAndSet(null);
        if (time != null) {
            target.sendBeat(time);
        }
    }

    private synchronized void append(List<AppendRequest> requests) {
        FairleadException stopped = failure;
        if (stopped != null) {
            fail(requests, behind(stopped));
            return;
        }
        List<LogEntry> entries = new ArrayList<>();
        requests.forEach(request -> entries.addAll(request.entries()));
        long first;
        try {
            first = target.write(entries);
        } catch (RuntimeException e) {
            FairleadException cause = e instanceof FairleadException known
                    ? known
                    : new FairleadException(ErrorCode.INTERNAL, "appending to log " + log + " failed: " + e, e);
            failure = cause;
            fail(requests, cause);
            return;
        }
        Durability reached = target.reached();
        for (AppendRequest request : requests) {
            request.result().complete(new Appended(new Position(0, first), reached));
            first += request.entries().size();
        }
    }

    private static void fail(List<AppendRequest> requests, FairleadException cause) {
        requests.forEach(request -> request.result().completeExceptionally(cause));
    }

    /** What comes after a failure leaves nothing, whatever became of the failed one. */
    private FairleadException behind(FairleadException stopped) {
        ErrorCode code = stopped.code() == ErrorCode.OUTCOME_UNKNOWN ? ErrorCode.UNREACHABLE : stopped.code();
        return new FairleadException(
                code,
                "log " + log + ": the writer stopped at an earlier failure and was not resumed: "
                        + stopped.getMessage(),
                stopped);
    }

    /** Waits until nothing is under way, and lets the target go on. */
    public void resume() {
        lane.awaitIdle();
        workers.call(() -> {
            resumeHere();
            return true;
        });
    }

    private synchronized void resumeHere() {
        target.decide();
        failure = null;
    }

    /** What waits fails with CLOSED, and so does what comes; waits for what is under way. */
    public void close() {
        lane.close();
    }
}
