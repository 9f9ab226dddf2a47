package dev.fairlead.spi.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Requests that are done one after another in the order in which they came; what waits goes together, up to 1000 requests or 8 MiB. No
 * thread is held while there is nothing to do. Safe for many threads.
 */
public final class Lane<R> {
    private static final int MOST_REQUESTS = 1000;
    private static final long MOST_BYTES = 8L << 20;
    private static final long MOST_WAITING_BYTES = 32L << 20;

    private final Executor workers;
    private final ToLongFunction<R> size;
    private final Consumer<List<R>> work;
    private final Consumer<R> refuse;
    private final ArrayDeque<R> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean busy;
    private boolean closed;

    /**
     * @param size about how many bytes a request holds
     * @param work does a batch; it does not throw
     * @param refuse tells a request that the lane was closed before its turn
     */
    public Lane(Executor workers, ToLongFunction<R> size, Consumer<List<R>> work, Consumer<R> refuse) {
        this.workers = workers;
        this.size = size;
        this.work = work;
        this.refuse = refuse;
    }

    /** Blocks while too much waits; an interrupt does not end that, the time-out of the work does. */
    public void add(R request) {
        if (!enter(request)) {
            refuse.accept(request);
        }
    }

    /** Whether the request was taken; when too much waits, or the lane is closed, it is not. Does not block. */
    public synchronized boolean offer(R request) {
        if (closed || waitingBytes >= MOST_WAITING_BYTES) {
            return false;
        }
        enqueue(request);
        return true;
    }

    private synchronized boolean enter(R request) {
        awaitThat(() -> closed || waitingBytes < MOST_WAITING_BYTES);
        if (closed) {
            return false;
        }
        enqueue(request);
        return true;
    }

    private void enqueue(R request) {
        waiting.add(request);
        waitingBytes += size.applyAsLong(request);
        if (!busy) {
            busy = true;
            workers.execute(this::run);
        }
    }

    private void run() {
        try {
            List<R> batch = take();
            if (!batch.isEmpty()) {
                work.accept(batch);
            }
        } finally {
            next();
        }
    }

    private void next() {
        synchronized (this) {
            if (waiting.isEmpty()) {
                busy = false;
                notifyAll();
                return;
            }
        }
        workers.execute(this::run);
    }

    private synchronized List<R> take() {
        List<R> batch = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && batch.size() < MOST_REQUESTS && bytes < MOST_BYTES) {
            R request = waiting.remove();
            batch.add(request);
            bytes += size.applyAsLong(request);
        }
        waitingBytes -= bytes;
        notifyAll();
        return batch;
    }

    /** Waits until nothing is under way. */
    public synchronized void awaitIdle() {
        awaitThat(() -> !busy);
    }

    /** Refuses what waits and what comes, and waits for what is under way. */
    public void close() {
        List<R> refused;
        synchronized (this) {
            closed = true;
            refused = new ArrayList<>(waiting);
            waiting.clear();
            waitingBytes = 0;
            notifyAll();
        }
        refused.forEach(refuse);
        awaitIdle();
    }

    private void awaitThat(Condition condition) {
        boolean interrupted = false;
        while (!condition.holds()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }
}
