package dev.fairlead.engine;

import dev.fairlead.api.Digest;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of a copy, and their digest.
 *
 * <p>Holds the finished answer of a fresh read, so that a read makes nothing. Written under the apply lock, read by any thread.
 */
final class CopyTable<K, V> {
    /** With fewer entries it costs little to make room when it is needed. */
    private static final int MANY = 1 << 16;

    private static final int MOST_EXPECTED = 1 << 20;

    private volatile ConcurrentHashMap<K, Reading.Fresh<V>> entries = new ConcurrentHashMap<>();

    /** Where keys were removed, kept only while records are missing that could bring them back. */
    private final Map<K, Long> removals = new HashMap<>();

    private boolean sized;
    private long hash;

    Reading.@Nullable Fresh<V> get(K key) {
        return entries.get(key);
    }

    long version(K key) {
        Reading.Fresh<V> entry = entries.get(key);
        return entry == null ? 0 : entry.mark().version();
    }

    /** Whether the copy already has the key as it was at the offset, or later. */
    boolean has(K key, long offset) {
        Reading.Fresh<V> entry = entries.get(key);
        long known =
                entry == null ? removals.getOrDefault(key, -1L) : entry.mark().sequence();
        return known >= offset;
    }

    /**
     * Makes room, once, for what a copy that loads will hold if the rest of the log is like its beginning: a table that grows on its way to a
     * million entries moves each of them more than once.
     *
     * @param seen how many records have come
     * @param left how many are still to come
     */
    void expect(long seen, long left) {
        if (sized || entries.size() < MANY) {
            return;
        }
        sized = true;
        int held = entries.size();
        long expected = Math.min(MOST_EXPECTED, held + (long) ((double) left * held / seen));
        if (expected > held) {
            ConcurrentHashMap<K, Reading.Fresh<V>> roomy = new ConcurrentHashMap<>((int) expected, 0.75f);
            roomy.putAll(entries);
            entries = roomy;
        }
    }

    void put(K key, V value, Mark mark) {
        Reading.Fresh<V> before = entries.put(key, new Reading.Fresh<>(value, mark));
        hash += share(mark) - (before == null ? 0 : share(before.mark()));
    }

    void remove(K key, long offset, Gaps gaps) {
        Reading.Fresh<V> before = entries.remove(key);
        if (before != null) {
            hash -= share(before.mark());
        }
        if (gaps.any()) {
            removals.put(key, offset);
        } else {
            removals.clear();
        }
    }

    Map<K, Reading.Fresh<V>> entries() {
        return entries;
    }

    Digest digest(long sequence) {
        return new Digest(sequence, entries.size(), hash);
    }

    private static long share(Mark mark) {
        return EntryHash.of(mark.version(), mark.checksum());
    }
}
