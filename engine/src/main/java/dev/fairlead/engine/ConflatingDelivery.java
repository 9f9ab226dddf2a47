package dev.fairlead.engine;

import dev.fairlead.api.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Calls the listener at most once per key and interval, with the latest change and the number of those that it stands for.
 *
 * <p>Runs on a thread of its own, so that a slow listener holds nobody up: what comes meanwhile is merged key by key.
 */
final class ConflatingDelivery<K, V> implements Delivery<K, V>, Runnable {
    private final GuardedListener<K, V> listener;
    private final Consumer<Delivery<K, V>> onClose;
    private final long interval;
    private final Counters counters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Map<K, Change<K, V>> waiting = new LinkedHashMap<>();
    private boolean handing;
    private boolean closed;

    ConflatingDelivery(
            GuardedListener<K, V> listener, Consumer<Delivery<K, V>> onClose, Duration interval, Counters counters) {
        this.listener = listener;
        this.onClose = onClose;
        this.interval = interval.toNanos();
        this.counters = counters;
    }

    @Override
    public void offer(Change<K, V> change) {
        lock.lock();
        try {
            Change<K, V> skipped = waiting.get(change.key());
            if (skipped != null) {
                counters.conflated.increment();
            }
            waiting.put(change.key(), skipped == null ? change : standingFor(change, skipped.conflated() + 1));
            if (waiting.size() == 1) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private static <K, V> Change<K, V> standingFor(Change<K, V> change, long conflated) {
        return switch (change) {
            case Change.Updated<K, V>(K key, V value, var mark, long ignored) ->
                new Change.Updated<>(key, value, mark, conflated);
            case Change.Removed<K, V>(K key, var mark, long ignored) -> new Change.Removed<>(key, mark, conflated);
            case Change.Erased<K, V>(K key, var mark, long ignored) -> new Change.Erased<>(key, mark, conflated);
        };
    }

    @Override
    public void run() {
        try {
            List<Change<K, V>> due = next();
            while (!due.isEmpty()) {
                due.forEach(listener::accept);
                due = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is due, at the earliest one interval after the last time; nothing when closed. */
    private List<Change<K, V>> next() throws InterruptedException {
        lock.lock();
        try {
            handing = false;
            long left = interval;
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                return List.of();
            }
            List<Change<K, V>> due = new ArrayList<>(waiting.values());
            waiting = new LinkedHashMap<>();
            handing = true;
            return due;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean owes() {
        lock.lock();
        try {
            return !closed && (handing || !waiting.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
