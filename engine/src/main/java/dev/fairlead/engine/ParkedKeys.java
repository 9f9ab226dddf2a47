package dev.fairlead.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a group has parked, in the order of the item's log. {@link Parking} guards it; only {@link #holds}, {@link #wasParked} and
 * {@link #redrives} may be asked by any thread.
 */
final class ParkedKeys {
    private final Map<String, TreeMap<Long, Kept>> byKey = new LinkedHashMap<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Set<Long> everParked = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> redrives = new ConcurrentHashMap<>();
    private final List<Integer> damaged = new ArrayList<>();
    private final ParkingSlots slots = new ParkingSlots();
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

    /** Whether it was there. */
    boolean remove(String key, long origin) {
        TreeMap<Long, Kept> events = byKey.get(key);
        if (events == null || events.remove(origin) == null) {
            return false;
        }
        total--;
        if (events.isEmpty()) {
            byKey.remove(key);
            names.remove(key);
        }
        return true;
    }

    /** Whether nothing is parked of the key behind the record. */
    boolean isLast(String key, long origin) {
        TreeMap<Long, Kept> events = byKey.get(key);
        return events == null || events.lastKey() <= origin;
    }

    /** Takes over what a slot of the parking log was found to hold. */
    void found(int slot, long place, ParkingNote note) {
        slots.found(slot);
        String key = name(note.key());
        switch (note.kind()) {
            case PARKED -> {
                everParked.add(note.origin());
                put(key, new Kept(slot, place, note.origin(), note.attempts(), note.text(), note.time()));
            }
            case HANDLED, DISMISSED -> {
                everParked.add(note.origin());
                slots.free(slot, note.origin());
            }
            case REDRIVE -> redrives.put(key, slot);
            case FREE -> slots.free(slot, note.origin());
        }
    }

    /** The slot holds something that cannot be read. It is left as it is, so that somebody can look at it. */
    void foundDamaged(int slot) {
        slots.found(slot);
        damaged.add(slot);
    }

    /** The slots that cannot be read. */
    List<Integer> damaged() {
        return List.copyOf(damaged);
    }

    ParkingSlots slots() {
        return slots;
    }

    /** The keys that are to be sent again, each with the slot that says so. */
    Map<String, Integer> redrives() {
        return redrives;
    }

    /** Whether the record was parked before the group was opened, whatever became of it since. */
    boolean wasParked(long origin) {
        return everParked.contains(origin);
    }

    /** Forgets what was parked below the position: those records do not come again. */
    void forgetBelow(long position) {
        slots.noted(position);
        everParked.removeIf(origin -> origin < position);
    }
}
