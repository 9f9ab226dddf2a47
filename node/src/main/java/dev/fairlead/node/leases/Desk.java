package dev.fairlead.node.leases;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that is laid out by those who wait for its outcome, and taken by others, the oldest first. Safe for many threads.
 *
 * @param <W> what the work is about
 * @param <A> its outcome
 */
public final class Desk<W, A> implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition laidOut = lock.newCondition();
    private final Deque<Work<W, A>> waiting = new ArrayDeque<>();
    private boolean closed;

    /**
     * One piece of work; it has one outcome, the first that is given.
     *
     * @param content what it is about
     */
    public record Work<W, A>(W content, CompletableFuture<A> outcome) {
        /** Ends the wait for it; returns false when it was over. */
        public boolean complete(A result) {
            return outcome.complete(result);
        }

        /** Ends the wait for it with this failure; returns false when it was over. */
        public boolean fail(Exception failure) {
            return outcome.completeExceptionally(failure);
        }
    }

    /**
     * Lays the work out and waits for its outcome. Nobody takes it any more when this has returned.
     *
     * @throws TimeoutException when there was none until then
     * @throws Exception that it was failed with
     */
    public A await(W content, Duration atMost) throws Exception {
        Work<W, A> work = new Work<>(content, new CompletableFuture<>());
        layOut(work);
        try {
            return work.outcome().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        } finally {
            work.outcome().cancel(false);
            withdraw(work);
        }
    }

    private void layOut(Work<W, A> work) {
        lock.lock();
        try {
            waiting.addLast(work);
            laidOut.signal();
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(Work<W, A> work) {
        lock.lock();
        try {
            waiting.remove(work);
        } finally {
            lock.unlock();
        }
    }

    /** Puts work that was taken back in front; returns false when nobody waits for it any more. */
    public boolean putBack(Work<W, A> work) {
        lock.lock();
        try {
            if (work.outcome().isDone()) {
                return false;
            }
            waiting.addFirst(work);
            laidOut.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what there is, as soon as there is something; nothing when the wait is over or the desk is closed. */
    public List<Work<W, A>> take(int most, Duration wait) throws InterruptedException {
        List<Work<W, A>> taken = new ArrayList<>();
        long left = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (taken.isEmpty()) {
                for (Work<W, A> work = next(taken, most); work != null; work = next(taken, most)) {
                    taken.add(work);
                }
                if (!taken.isEmpty() || closed || left <= 0) {
                    break;
                }
                left = laidOut.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return taken;
    }

    private @Nullable Work<W, A> next(List<Work<W, A>> taken, int most) {
        Work<W, A> work = taken.size() < most ? waiting.pollFirst() : null;
        while (work != null && work.outcome().isDone()) {
            work = waiting.pollFirst();
        }
        return work;
    }

    /** Whether nothing is to be had here any more. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits for work; what was taken can still be settled. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            laidOut.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
