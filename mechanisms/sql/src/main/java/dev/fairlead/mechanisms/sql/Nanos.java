package dev.fairlead.mechanisms.sql;

import java.time.Duration;
import java.time.Instant;

/** Moments as nanoseconds since 1970, which is how the tables hold them; those out of range become the nearest in range. */
final class Nanos {
    private static final Instant LOWEST = Instant.EPOCH.minusNanos(Long.MAX_VALUE);
    private static final Instant HIGHEST = Instant.EPOCH.plusNanos(Long.MAX_VALUE);

    private Nanos() {}

    static long of(Instant moment) {
        if (moment.isBefore(LOWEST)) {
            return -Long.MAX_VALUE;
        }
        return moment.isAfter(HIGHEST)
                ? Long.MAX_VALUE
                : Duration.between(Instant.EPOCH, moment).toNanos();
    }

    static Instant moment(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    static long of(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The sum, or the largest number when there is no such sum. */
    static long plus(long moment, long time) {
        long sum = moment + time;
        return time > 0 && sum < moment ? Long.MAX_VALUE : sum;
    }
}
