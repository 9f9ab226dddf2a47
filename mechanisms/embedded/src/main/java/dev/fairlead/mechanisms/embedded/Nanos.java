package dev.fairlead.mechanisms.embedded;

import java.time.Duration;

/** Times as the clock counts them. */
final class Nanos {
    private static final Duration LONGEST = Duration.ofDays(365);

    private Nanos() {}

    /** The duration in nanoseconds; a year, if it is longer. */
    static long of(Duration time) {
        return (time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos();
    }
}
