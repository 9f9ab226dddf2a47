package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.server.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Moments as the server keeps them: for the age of records in milliseconds, for messages in nanoseconds with nineteen digits. */
final class Moments {
    private static final long MILLI = 1_000_000;

    private Moments() {}

    /** Rounded up, so that nothing is taken for older than it is. */
    static long millis(Instant moment) {
        return -Math.floorDiv(-Nanos.of(moment), MILLI);
    }

    /** Rounded up. */
    static long millis(Duration time) {
        return -Math.floorDiv(-Nanos.of(time), MILLI);
    }

    /** The nanoseconds since 1970; texts of them are ordered as they are. */
    static String digits(long nanos) {
        return String.format(Locale.ROOT, "%019d", Math.max(0, nanos));
    }
}
