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

    /** Beyond so many, those of whom nothing is known but that they may call are forgotten: outside there may be any number of clients. */
    private static final int MANY = 10_000;

    private static final class Room {
        private int calls;
        private int streams;
        private long paidUntil = System.nanoTime();
        private boolean forgotten;

        private boolean forget() {
            forgotten = calls == 0 && streams == 0 && paidUntil - System.nanoTime() <= 0;
            return forgotten;
        }
    }

    /** What is done with a caller's room, by one thread at a time. */
    private interface Act {
        Admission in(Room room);
    }

    private Admission within(String caller, Act act) {
        while (true) {
            Room room = rooms.computeIfAbsent(caller, absent -> new Room());
            synchronized (room) {
                if (!room.forgotten) {
                    return act.in(room);
                }
            }
        }
    }

    private void forgetSome() {
        if (rooms.size() > MANY) {
            rooms.values().removeIf(room -> {
                synchronized (room) {
                    return room.forget();
                }
            });
        }
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
        if (!rooms.containsKey(caller)) {
            forgetSome();
        }
        return within(caller, room -> {
            if (room.calls >= now.calls()) {
                return Admission.FULL;
            }
            if (!pay(room, now.rate())) {
                return Admission.TOO_FAST;
            }
            room.calls++;
            return Admission.ADMITTED;
        });
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
        within(caller, room -> {
            room.calls--;
            return Admission.ADMITTED;
        });
    }

    /** A stream begins; {@link #endStream} must follow when it is admitted. */
    public Admission beginStream(String caller) {
        return within(caller, room -> {
            if (room.streams >= limits.get().streams()) {
                return Admission.FULL;
            }
            room.streams++;
            return Admission.ADMITTED;
        });
    }

    /** A stream has ended. */
    public void endStream(String caller) {
        within(caller, room -> {
            room.streams--;
            return Admission.ADMITTED;
        });
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
}
