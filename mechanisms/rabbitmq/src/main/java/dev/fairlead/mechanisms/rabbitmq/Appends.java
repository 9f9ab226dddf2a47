package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The appends of one writer that wait for their turn. Safe for many threads.
 *
 * <p>Whatever waits when the thread is free goes out together. After a failure everything that waits fails too, and so does what comes,
 * until the writer is resumed.
 */
final class Appends {
    private static final long MOST_WAITING = 32L << 20;
    private static final long MOST_TOGETHER = 8L << 20;

    private final String log;
    private final ClaimedStream stream;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<AppendRequest> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long waitingBytes;
    private boolean busy;
    private boolean closed;
    private @Nullable FairleadException stopped;

    Appends(String log, ClaimedStream stream, Duration patience) {
        this.log = log;
        this.stream = stream;
        this.patience = patience;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("fairlead rabbitmq writer of " + log)
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void add(AppendRequest request) {
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
            throw Failures.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Fails as an append would that came now. */
    void checkGoing() {
        lock.lock();
        try {
            checkGoingLocked();
        } finally {
            lock.unlock();
        }
    }

    private void checkGoingLocked() {
        if (closed) {
            throw Failures.closed();
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
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
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
            busy = !group.isEmpty();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<AppendRequest> group) {
        FairleadException failure;
        try {
            stream.write(group);
            return;
        } catch (FairleadException known) {
            failure = known;
        } catch (RuntimeException e) {
            failure = Failures.failure(
                    ErrorCode.OUTCOME_UNKNOWN, "an append to log " + log + " ended in an unexpected way: " + e, e);
        }
        FairleadException reason = failure;
        List<AppendRequest> later = stop(reason);
        group.forEach(request -> request.result().completeExceptionally(reason));
        later.forEach(request -> request.result().completeExceptionally(behind(reason)));
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

    void resume() {
        lock.lock();
        try {
            while (busy && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                throw Failures.closed();
            }
            stream.resume();
            stopped = null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the writer: what waits fails with CLOSED, and what is under way is broken off. */
    void close() {
        List<AppendRequest> late;
        lock.lock();
        try {
            closed = true;
            late = drain();
        } finally {
            lock.unlock();
        }
        late.forEach(request -> request.result().completeExceptionally(Failures.closed()));
        stream.close();
        if (thread != Thread.currentThread()) {
            Uninterrupted.call(() -> {
                try {
                    return thread.join(patience);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            });
        }
    }
}
