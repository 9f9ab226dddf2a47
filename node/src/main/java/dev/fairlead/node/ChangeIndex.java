package dev.fairlead.node;

import dev.fairlead.api.Change;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.node.outside.ValueFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest change of each key of a state item, in the order of the log, so that a reader can go on from any place of it; and the keys that
 * have a value, in their own order. All of that by part: who sees a part of the values finds these, and nothing that tells of others.
 *
 * <p>The log keeps the newest record of each key, removals included, so this is whole again after a restart. A reader that is slow finds the
 * newest change of each key and needs no buffer. Safe for many threads.
 */
final class ChangeIndex {
    private static final ChangePlace END = ChangePlace.at(Long.MAX_VALUE);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final TreeMap<Spot, Entry> inOrder = new TreeMap<>();
    private final Map<PartKey, Entry> byKey = new HashMap<>();
    private final NavigableSet<PartKey> keys = new ConcurrentSkipListSet<>();
    private ChangePlace last = ChangePlace.BEGIN;
    private ChangePlace forgotten = ChangePlace.BEGIN;
    private boolean closed;

    /** A key's newest change. */
    record Entry(String key, long version, ChangePlace place, boolean isRemoval) {
        private Entry at(ChangePlace other) {
            return new Entry(key, version, other, isRemoval);
        }
    }

    /**
     * What is behind a place.
     *
     * @param reached up to where that is all
     */
    record Behind(List<Entry> entries, ChangePlace reached) {}

    private record Spot(String part, ChangePlace place) implements Comparable<Spot> {
        @Override
        public int compareTo(Spot other) {
            int parts = part.compareTo(other.part);
            return parts == 0 ? place.compareTo(other.place) : parts;
        }
    }

    private record PartKey(String part, String key) implements Comparable<PartKey> {
        @Override
        public int compareTo(PartKey other) {
            int parts = part.compareTo(other.part);
            return parts == 0 ? key.compareTo(other.key) : parts;
        }
    }

    /** A change of the item, for those who see all of it. */
    void note(Change<String, Document> change) {
        note(ValueFilter.WHOLE, entry(change, !(change instanceof Change.Updated<String, Document>)));
    }

    static Entry entry(Change<String, Document> change, boolean isRemoval) {
        return new Entry(
                change.key(),
                change.mark().version(),
                ChangePlace.at(change.mark().sequence()),
                isRemoval);
    }

    /**
     * A change as those see it who see this part. A record that was lost and fetched again, when readers may be past it, stands behind all others.
     *
     * @return it where it stands
     */
    Entry note(String part, Entry entry) {
        PartKey key = new PartKey(part, entry.key());
        if (entry.isRemoval()) {
            keys.remove(key);
        } else {
            keys.add(key);
        }
        lock.lock();
        try {
            Entry placed = entry.place().sequence() < last.sequence() ? entry.at(last.later()) : entry;
            Entry before = byKey.put(key, placed);
            if (before != null) {
                inOrder.remove(new Spot(part, before.place()));
            }
            inOrder.put(new Spot(part, placed.place()), placed);
            last = last.max(placed.place());
            moved.signalAll();
            return placed;
        } finally {
            lock.unlock();
        }
    }

    /** The log has gone on to here, with nothing that anybody sees. */
    void pass(long sequence) {
        lock.lock();
        try {
            last = last.max(ChangePlace.at(sequence));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets that a key was removed from a part, unless something newer is known: who has not heard of it has to begin anew. */
    void forget(String part, Entry removal) {
        lock.lock();
        try {
            if (byKey.remove(new PartKey(part, removal.key()), removal)) {
                inOrder.remove(new Spot(part, removal.place()));
                forgotten = forgotten.max(removal.place());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The keys of a part in order, behind one or from the first; one may lose its value at any time. */
    Iterable<String> keys(String part, @Nullable String after) {
        NavigableSet<PartKey> behind = keys.tailSet(new PartKey(part, after == null ? "" : after), after == null);
        return () -> new KeysOfPart(part, behind.iterator());
    }

    private static final class KeysOfPart implements Iterator<String> {
        private final String part;
        private final Iterator<PartKey> behind;
        private @Nullable PartKey next;

        private KeysOfPart(String part, Iterator<PartKey> behind) {
            this.part = part;
            this.behind = behind;
            advance();
        }

        private void advance() {
            PartKey found = behind.hasNext() ? behind.next() : null;
            next = found != null && found.part.equals(part) ? found : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public String next() {
            PartKey found = next;
            if (found == null) {
                throw new NoSuchElementException();
            }
            advance();
            return found.key;
        }
    }

    /** The place as it is known here, if it is {@linkplain #covers covered}: what came late before a restart, or elsewhere, does not count. */
    Optional<ChangePlace> known(ChangePlace place) {
        lock.lock();
        try {
            return Optional.of(place.compareTo(last) > 0 ? ChangePlace.at(place.sequence()) : place)
                    .filter(this::covers);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a reader that has all up to this place may have missed nothing. */
    boolean covers(ChangePlace place) {
        lock.lock();
        try {
            return place.sequence() < 0 || (place.sequence() <= last.sequence() && place.compareTo(forgotten) >= 0);
        } finally {
            lock.unlock();
        }
    }

    /** The newest changes of keys of a part that have one behind this place, in order; nothing when it is not {@linkplain #covers covered}. */
    Optional<Behind> behind(String part, ChangePlace place, int limit) {
        lock.lock();
        try {
            if (!covers(place)) {
                return Optional.empty();
            }
            List<Entry> found = new ArrayList<>();
            for (Entry entry : inOrder.subMap(new Spot(part, place), false, new Spot(part, END), true)
                    .values()) {
                if (found.size() == limit) {
                    return Optional.of(new Behind(found, found.getLast().place()));
                }
                found.add(entry);
            }
            return Optional.of(new Behind(found, last.max(place)));
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the log was seen up to this sequence, for so long at most, or until this is closed. */
    void awaitReached(long sequence, Duration patience) {
        await(() -> last.sequence() < sequence, patience);
    }

    /**
     * Waits until there is something of a part behind this place, for so long at most, or until this is closed, and no longer than this
     * holds; it is looked at again at each {@link #rouse}.
     */
    void awaitBehind(String part, ChangePlace place, Duration patience, BooleanSupplier holds) {
        await(() -> isQuiet(part, place) && holds.getAsBoolean(), patience);
    }

    private boolean isQuiet(String part, ChangePlace place) {
        Spot next = inOrder.higherKey(new Spot(part, place));
        return next == null || !next.part.equals(part);
    }

    private void await(BooleanSupplier waits, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!closed && left > 0 && waits.getAsBoolean()) {
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
