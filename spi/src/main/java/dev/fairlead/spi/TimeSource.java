package dev.fairlead.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that Fairlead goes by, so that tests can set it.
 *
 * <p>Ages and limits are measured by {@link #nanos}, which never jumps; {@link #now} only stamps records. Safe for many threads.
 */
public interface TimeSource {
    /** The system's clocks. */
    TimeSource SYSTEM = new SystemTime();

    /** An action that waits for its moment. */
    @FunctionalInterface
    interface Alarm {
        /** Lets the action be forgotten, unless it is already under way. Safe to call twice. */
        void cancel();
    }

    /** Nanoseconds since an arbitrary moment; only differences mean something. */
    long nanos();

    /** The wall clock. */
    Instant now();

    /**
     * The moment of {@link #nanos} at which the wall clock will show what is given, or the one that is {@code longest} away when that comes
     * first. It is early or late when the wall clock is set meanwhile, so that who is woken by it looks at {@link #now} again.
     */
    default long momentOf(Instant shown, Duration longest) {
        long from = nanos(); // Read first: a jump between the two readings makes the wait shorter, not longer.
        Duration left = Duration.between(now(), shown);
        if (left.isNegative()) {
            return from;
        }
        return from + (left.compareTo(longest) > 0 ? longest : left).toNanos();
    }

    /**
     * Runs the action once, soon after {@link #nanos} has reached the moment, or soon if it already has. It runs on a thread that
     * others wait for, so it must be quick, and must not throw. Where no such thread can be made, the call fails with {@link OutOfMemoryError},
     * and the action never runs.
     */
    Alarm at(long moment, Runnable action);
}
