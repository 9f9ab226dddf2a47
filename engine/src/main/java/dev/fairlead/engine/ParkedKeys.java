package dev.fairlead.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a group has parked, in the order of the item's log. {@link Parking} guards it; only {@link #holds} and {@link #wasParked} may be
 * asked by any thread.
 */
final class ParkedKeys {
    private final Map<String, TreeMap<Long, Kept>> byKey = new LinkedHashMap<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Set<Long> everParked = new HashSet<>();
    private long total;

    /** The name of a key inside the engine: its bytes, one character each, so that no two keys share a name. */
    static String name(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1);
    }

    static byte[] key(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean holds(String key) {
        return names.contains(key);
    }

    @Nullable
    TreeMap<Long, Kept> of(String key) {
        return byKey.get(key);
    }

    Map<String, TreeMap<Long, Kept>> all() {
        return byKey;
    }

    long total() {
        return total;
    }

    void put(String key, Kept kept) {
        Kept before = byKey.computeIfAbsent(key, name -> new TreeMap<>()).put(kept.origin(), kept);
        total += before == null ? 1 : 0;
        names.add(key);
    }

    void remove(String key, long origin) {
        TreeMap<Long, Kept> events = byKey.get(key);
        if (events != null && events.remove(origin) != null) {
            total--;
            if (events.isEmpty()) {
                byKey.remove(key);
                names.remove(key);
            }
        }
    }

    /** Takes over a note that was found in the parking log. */
    void replay(String key, long place, ParkingNote note) {
        switch (note.kind()) {
            case PARKED -> {
                everParked.add(note.origin());
                put(key, new Kept(place, note.origin(), note.attempts(), note.text(), note.time()));
            }
            case FAILED_AGAIN -> {
                TreeMap<Long, Kept> events = byKey.get(key);
                Kept known = events == null ? null : events.get(note.origin());
                if (known != null) {
                    put(key, new Kept(known.place(), note.origin(), note.attempts(), note.text(), note.time()));
                }
            }
            case HANDLED, DISMISSED -> remove(key, note.origin());
        }
    }

    /** Whether the record was parked before the group was opened, whatever became of it since. */
    boolean wasParked(long origin) {
        return everParked.contains(origin);
    }

    /** Forgets what was parked below the position: those records do not come again. */
    void forgetBelow(long position) {
        everParked.removeIf(origin -> origin < position);
    }
}
