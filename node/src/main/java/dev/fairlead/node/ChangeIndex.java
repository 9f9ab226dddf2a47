package dev.fairlead.node;

import dev.fairlead.api.Change;
import dev.fairlead.engine.documents.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The newest change of each key of a state item, in the order of the log, so that a reader can go on from any place of it; and the keys that
 * have a value, in their own order.
 *
 * <p>The log keeps the newest record of each key, removals included, so this is whole again after a restart. A reader that is slow finds the
 * newest change of each key and needs no buffer. Safe for many threads.
 */
final class ChangeIndex {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final TreeMap<Long, Entry> bySequence = new TreeMap<>();
    private final Map<String, Entry> byKey = new HashMap<>();
    private final NavigableSet<String> keys = new ConcurrentSkipListSet<>();
    private long last = -1;
    private long lateFrom = Long.MAX_VALUE;
    private long lateTo = -1;
    private boolean closed;

    /** A key's newest change. */
    record Entry(String key, long version, long sequence, boolean isRemoval) {}

    void note(Change<String, Document> change) {
        boolean isRemoval = !(change instanceof Change.Updated<String, Document>);
        if (isRemoval) {
            keys.remove(change.key());
        } else {
            keys.add(change.key());
        }
        Entry entry =
                new Entry(change.key(), change.mark().version(), change.mark().sequence(), isRemoval);
        lock.lock();
        try {
            Entry before = byKey.put(entry.key(), entry);
            if (before != null) {
                bySequence.remove(before.sequence());
            }
            bySequence.put(entry.sequence(), entry);
            if (entry.sequence() < last) { // it was lost, and fetched again when readers were past it
                lateFrom = Math.min(lateFrom, entry.sequence());
                lateTo = last;
            }
            last = Math.max(last, entry.sequence());
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The keys in order; one may lose its value at any time. */
    NavigableSet<String> keys() {
        return keys;
    }

    /** Whether a reader that has all up to this sequence may have missed nothing. */
    boolean covers(long sequence) {
        lock.lock();
        try {
            return sequence < 0 || (sequence <= last && (sequence < lateFrom || sequence > lateTo));
        } finally {
            lock.unlock();
        }
    }

    /** The newest changes of keys that have one behind this sequence, in order; nothing when it is not {@linkplain #covers covered}. */
    Optional<List<Entry>> behind(long sequence, int limit) {
        lock.lock();
        try {
            if (!covers(sequence)) {
                return Optional.empty();
            }
            List<Entry> found = new ArrayList<>();
            for (Entry entry : bySequence.tailMap(sequence, false).values()) {
                if (found.size() == limit) {
                    break;
                }
                found.add(entry);
            }
            return Optional.of(found);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something behind this sequence, for so long at most, or until this is closed. */
    void awaitBehind(long sequence, Duration patience) {
        awaitBehind(sequence, patience, () -> true);
    }

    /** Waits as {@link #awaitBehind(long, Duration)} does, and no longer than this holds; it is looked at again at each {@link #rouse}. */
    void awaitBehind(long sequence, Duration patience, BooleanSupplier holds) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (last <= sequence && !closed && left > 0 && holds.getAsBoolean()) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all who wait see whether they still may. */
    void rouse() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody wait any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
