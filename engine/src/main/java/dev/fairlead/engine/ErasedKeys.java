package dev.fairlead.engine;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of an item that were erased, each with the offset of the record that tells it. Its user guards it. */
final class ErasedKeys {
    private final TreeMap<Long, Erased> byOffset = new TreeMap<>();

    /**
     * One erasure.
     *
     * @param asked when its record was written, by the owner's clock
     */
    record Erased(String key, Instant asked) {}

    /** An earlier record that erased the same key is erased by this one. */
    void erased(String key, long offset, Instant asked) {
        byOffset.values().removeIf(earlier -> earlier.key().equals(key));
        byOffset.put(offset, new Erased(key, asked));
    }

    /** What is known now, by offset. */
    SortedMap<Long, Erased> all() {
        return new TreeMap<>(byOffset);
    }
}
