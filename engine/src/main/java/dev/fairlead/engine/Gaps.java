package dev.fairlead.engine;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The records that a copy knows to be missing.
 *
 * <p>A missing record is named by its successor in the log, which carries the hash of its key; until then, or when several in a
 * row are lost, it is unnamed and puts every key under suspicion. Changed under the copy's apply lock; {@link #any} and
 * {@link #suspects} may be called by any thread.
 */
final class Gaps {
    /** One missing record. */
    record Gap(long offset, int keyHash) {
        boolean named() {
            return keyHash != KeyHash.NONE;
        }
    }

    private final TreeMap<Long, Gap> missing = new TreeMap<>();
    private volatile List<Gap> published = List.of();

    boolean any() {
        return !published.isEmpty();
    }

    boolean suspects(int keyHash) {
        for (Gap gap : published) {
            if (!gap.named() || gap.keyHash() == keyHash) {
                return true;
            }
        }
        return false;
    }

    Collection<Gap> all() {
        return published;
    }

    void lost(long from, long to) {
        for (long offset = from; offset < to; offset++) {
            missing.putIfAbsent(offset, new Gap(offset, KeyHash.NONE));
        }
        publish();
    }

    /** The record after the offset says whose record the missing one was. */
    void name(long offset, int keyHash) {
        Gap gap = missing.isEmpty() ? null : missing.get(offset);
        if (gap != null && !gap.named()) {
            missing.put(offset, new Gap(offset, keyHash));
            publish();
        }
    }

    boolean holds(long offset) {
        return missing.containsKey(offset);
    }

    boolean close(long offset) {
        boolean closed = missing.remove(offset) != null;
        if (closed) {
            publish();
        }
        return closed;
    }

    /** Closes the gaps of a key below the offset: a newer record of the key makes what they lost irrelevant. */
    int overtaken(int keyHash, long before) {
        List<Long> closed = missing.headMap(before).values().stream()
                .filter(gap -> gap.keyHash() == keyHash)
                .map(Gap::offset)
                .toList();
        closed.forEach(missing::remove);
        if (!closed.isEmpty()) {
            publish();
        }
        return closed.size();
    }

    private void publish() {
        published = List.copyOf(missing.values());
    }
}
