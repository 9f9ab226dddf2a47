package dev.fairlead.engine;

import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of an item that were erased, each with the offset of the record that tells it. Its user guards it. */
final class ErasedKeys {
    private final TreeMap<Long, String> byOffset = new TreeMap<>();

    /** An earlier record that erased the same key is erased by this one. */
    void erased(String key, long offset) {
        byOffset.values().remove(key);
        byOffset.put(offset, key);
    }

    /** What is known now, by offset. */
    SortedMap<Long, String> all() {
        return new TreeMap<>(byOffset);
    }
}
