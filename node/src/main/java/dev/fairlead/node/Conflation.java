package dev.fairlead.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** For how long after a change was sent others are gathered, of each key the newest, to be sent together: to write costs more than what is written. */
record Conflation(Duration interval) {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(5);

    /** So long is nobody kept from hearing that a stream is to end. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * As the caller asks for it, else as its need in the plan does, else the least; fails with BAD_REQUEST for what is no time that can be asked for.
     *
     * @param asked in the query
     * @param planned by the caller's need
     */
    static Conflation of(@Nullable String asked, @Nullable Duration planned) {
        if (asked != null) {
            return new Conflation(parsed(asked));
        }
        Duration wanted = planned == null ? LEAST : planned;
        if (wanted.compareTo(LEAST) < 0) {
            return new Conflation(LEAST);
        }
        return new Conflation(wanted.compareTo(MOST) > 0 ? MOST : wanted);
    }

    private static Duration parsed(String asked) {
        Duration interval = TimeText.parsed(asked);
        if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
            throw new Problem(ProblemType.BAD_REQUEST, "conflate is a time from 100ms to 5s");
        }
        return interval;
    }

    /** Waits until it is over, or this holds no longer. */
    void await(BooleanSupplier holds) {
        long end = System.nanoTime() + interval.toNanos();
        for (long left = interval.toNanos(); left > 0 && holds.getAsBoolean(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, SLICE));
        }
    }
}
