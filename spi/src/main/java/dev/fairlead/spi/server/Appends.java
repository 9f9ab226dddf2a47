package dev.fairlead.spi.server;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The appends of one writer that wait for their turn, and the thread that writes them. Safe for many threads.
 *
 * <p>Whatever waits when the thread is free goes out together, up to 8 MiB, so that many callers share one exchange with the server. After a
 * failure everything that waits fails too, and so does what comes, until the writer is resumed.
 */
public final class Appends {
    /** Where the appends go. Called by one thread at a time. */
    public interface Target {
        /** Writes them in their order and completes each when it stands; what it throws, all that is not complete fails with. */
        void write(List<AppendRequest> together);

        /** Likewise, and those that it takes from what waits meanwhile, behind them. */
        default void write(List<AppendRequest> together, Waiting waiting) {
            write(together);
        }

        /** Lets writing go on after a failure; what was under way is decided when it returns. */
        void resume();
    }

    /** The appends that came while others were being written. */
    @FunctionalInterface
    public interface Waiting {
        /** Takes some, up to 8 MiB, without blocking; nothing when none wait. */
        List<AppendRequest> take();
    }

    private static final long MOST_WAITING = 32L << 20;
    private static final long MOST_TOGETHER = 8L << 20;

    private final String mechanism;
    private final String log;
    private final Target target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<AppendRequest> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long waitingBytes;
    private boolean busy;
    private boolean resuming;
    private boolean closed;
    private @Nullable FairleadException stopped;

    /** The thread is not started yet; {@code mechanism} is for its name and for messages. */
    public Appends(String mechanism, String log, Target target) {
        this.mechanism = mechanism;
        this.log = log;
        this.target = target;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("fairlead " + mechanism + " writer of " + log)
                .unstarted(this::run);
    }

    /** Lets the thread begin; once. */
    public void start() {
        thread.start();
    }

    /** Blocks while 32 MiB wait; fails with CLOSED when it is interrupted or closed, and as the writer failed once that has stopped. */
    public void add(AppendRequest request) {
        lock.lock();
        try {
            while (waitingBytes > MOST_WAITING && !closed && stopped == null) {
                changed.await();
            }
            checkGoingLocked();
            waiting.add(request);
            waitingBytes += request.bytes();
            changed.signalAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(
                    ErrorCode.CLOSED, "the wait was interrupted; the interrupt flag is still set", e);
        } finally {
            lock.unlock();
        }
    }

    /** Fails as an append would that came now. */
    public void checkGoing() {
        lock.lock();
        try {
            checkGoingLocked();
        } finally {
            lock.unlock();
        }
    }

    private void checkGoingLocked() {
        if (closed) {
            throw closedFailure();
        }
        if (stopped != null) {
            throw behind(stopped);
        }
    }

    /** What comes after a failure leaves nothing, whatever became of the failed one. */
    private FairleadException behind(FairleadException failure) {
        if (failure.code() == ErrorCode.FENCED || failure.code() == ErrorCode.CLOSED) {
            return failure;
        }
        ErrorCode code = failure.code() == ErrorCode.OUTCOME_UNKNOWN ? ErrorCode.UNREACHABLE : failure.code();
        return new FairleadException(
                code, "the writer of log " + log + " has stopped (resume it): " + failure.getMessage(), failure);
    }

    private void run() {
        List<AppendRequest> group = take();
        while (!group.isEmpty()) {
            write(group);
            group = take();
        }
    }

    /** Waits for appends and takes those that go together; nothing when the writer is closed. */
    private List<AppendRequest> take() {
        lock.lock();
        try {
            busy = false;
            changed.signalAll();
            while ((waiting.isEmpty() || resuming) && !closed) {
                changed.awaitUninterruptibly();
            }
            List<AppendRequest> group = next();
            busy = !group.isEmpty();
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Those that go together; nothing when the writer is closed. */
    private List<AppendRequest> next() {
        List<AppendRequest> group = new ArrayList<>();
        long bytes = 0;
        while (!closed
                && !waiting.isEmpty()
                && (bytes == 0 || bytes + waiting.element().bytes() <= MOST_TOGETHER)) {
            AppendRequest request = waiting.remove();
            bytes += request.bytes();
            group.add(request);
        }
        waitingBytes -= bytes;
        return group;
    }

    /** Those that wait, added to what is being written, in which what has come to its end is forgotten. */
    private List<AppendRequest> takeMore(ArrayDeque<AppendRequest> group) {
        List<AppendRequest> more;
        lock.lock();
        try {
            more = resuming ? List.of() : next();
            if (!more.isEmpty()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        while (!group.isEmpty() && group.element().result().isDone()) {
            group.remove();
        }
        group.addAll(more);
        return more;
    }

    private void write(List<AppendRequest> together) {
        ArrayDeque<AppendRequest> group = new ArrayDeque<>(together);
        try {
            target.write(together, () -> takeMore(group));
        } catch (FairleadException failure) {
            fail(group, failure);
        } catch (RuntimeException e) {
            fail(
                    group,
                    new FairleadException(
                            ErrorCode.OUTCOME_UNKNOWN,
                            "an append to log " + log + " ended in a way that nobody expected: " + e,
                            e));
        }
    }

    private void fail(Collection<AppendRequest> group, FairleadException failure) {
        List<AppendRequest> later = stop(failure);
        group.forEach(request -> request.result().completeExceptionally(failure));
        later.forEach(request -> request.result().completeExceptionally(behind(failure)));
    }

    private List<AppendRequest> stop(FairleadException failure) {
        lock.lock();
        try {
            stopped = failure;
            return drain();
        } finally {
            lock.unlock();
        }
    }

    private List<AppendRequest> drain() {
        List<AppendRequest> all = new ArrayList<>(waiting);
        waiting.clear();
        waitingBytes = 0;
        changed.signalAll();
        return all;
    }

    /** Waits until nothing is under way, and lets the target go on; a close does not wait for that. */
    public void resume() {
        lock.lock();
        try {
            while ((busy || resuming) && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                throw closedFailure();
            }
            resuming = true;
        } finally {
            lock.unlock();
        }
        boolean isDone = false;
        try {
            target.resume();
            isDone = true;
        } finally {
            resumed(isDone);
        }
    }

    private void resumed(boolean isDone) {
        lock.lock();
        try {
            resuming = false;
            if (isDone) {
                stopped = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What waits fails with CLOSED, and so does what comes; what is under way goes on. */
    public void close() {
        List<AppendRequest> late;
        lock.lock();
        try {
            closed = true;
            late = drain();
        } finally {
            lock.unlock();
        }
        late.forEach(request -> request.result().completeExceptionally(closedFailure()));
    }

    /** Waits at most so long for the end of what is under way, after {@link #close}. */
    public void awaitEnd(Duration most) {
        Threads.join(thread, most);
    }

    private FairleadException closedFailure() {
        return new FairleadException(ErrorCode.CLOSED, "the " + mechanism + " mechanism is closed; open it anew");
    }
}
