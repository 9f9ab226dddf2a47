package dev.fairlead.spi.server;

import java.time.Duration;
import java.time.Instant;

/** Moments as nanoseconds since 1970, which is how servers hold them; those out of range become the nearest in range. */
public final class Nanos {
    private static final Instant LOWEST = Instant.EPOCH.minusNanos(Long.MAX_VALUE);
    private static final Instant HIGHEST = Instant.EPOCH.plusNanos(Long.MAX_VALUE);

    private Nanos() {}

    /** Nanoseconds since 1970. */
    public static long of(Instant moment) {
        if (moment.isBefore(LOWEST)) {
            return -Long.MAX_VALUE;
        }
        return moment.isAfter(HIGHEST)
                ? Long.MAX_VALUE
                : Duration.between(Instant.EPOCH, moment).toNanos();
    }

    /** The moment that is so many nanoseconds after the beginning of 1970. */
    public static Instant moment(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    /** The time in nanoseconds, or the largest number when it is longer. */
    public static long of(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The sum, or the largest number when there is no such sum. */
    public static long plus(long moment, long time) {
        long sum = moment + time;
        return time > 0 && sum < moment ? Long.MAX_VALUE : sum;
    }
}
