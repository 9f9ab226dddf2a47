package dev.fairlead.node.limits;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Counts what each caller has under way, and refuses what is beyond its limits, at once. The limits may change; what is under way then goes on.
 * Safe for many threads.
 */
public final class CallerRooms {
    private static final long SECOND = 1_000_000_000L;

    private final Supplier<CallerLimits> limits;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    private static final class Room {
        private int calls;
        private int streams;
        private long paidUntil = System.nanoTime();
    }

    public CallerRooms(Supplier<CallerLimits> limits) {
        this.limits = limits;
    }

    /** What came of a wish. */
    public enum Admission {
        ADMITTED,
        /** Too many are under way. */
        FULL,
        /** Too many came in the last second. */
        TOO_FAST
    }

    /** A call begins; {@link #leave} must follow when it is admitted. */
    public Admission enter(String caller) {
        CallerLimits now = limits.get();
        Room room = room(caller);
        synchronized (room) {
            if (room.calls >= now.calls()) {
                return Admission.FULL;
            }
            if (!pay(room, now.rate())) {
                return Admission.TOO_FAST;
            }
            room.calls++;
            return Admission.ADMITTED;
        }
    }

    /** A call costs its share of a second; up to a second may be spent before it has passed. */
    private static boolean pay(Room room, int rate) {
        long now = System.nanoTime();
        long from = room.paidUntil - now > 0 ? room.paidUntil : now;
        long until = from + SECOND / rate;
        if (until - now > SECOND) {
            return false;
        }
        room.paidUntil = until;
        return true;
    }

    /** A call has ended. */
    public void leave(String caller) {
        Room room = room(caller);
        synchronized (room) {
            room.calls--;
        }
    }

    /** A stream begins; {@link #endStream} must follow when it is admitted. */
    public Admission beginStream(String caller) {
        Room room = room(caller);
        synchronized (room) {
            if (room.streams >= limits.get().streams()) {
                return Admission.FULL;
            }
            room.streams++;
            return Admission.ADMITTED;
        }
    }

    /** A stream has ended. */
    public void endStream(String caller) {
        Room room = room(caller);
        synchronized (room) {
            room.streams--;
        }
    }

    /** How many streams all callers have open. */
    public int streams() {
        return rooms.values().stream().mapToInt(CallerRooms::streams).sum();
    }

    private static int streams(Room room) {
        synchronized (room) {
            return room.streams;
        }
    }

    private Room room(String caller) {
        return rooms.computeIfAbsent(caller, absent -> new Room());
    }
}
