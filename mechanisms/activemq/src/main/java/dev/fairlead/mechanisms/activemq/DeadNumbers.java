package dev.fairlead.mechanisms.activemq;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for dead letters: no broker counts them, so they are microseconds since 1970 by the system's clock, times 1024, and a number by chance.
 * They grow in one process; between processes they grow as far as their clocks agree.
 */
final class DeadNumbers {
    private static final int PER_MICROSECOND = 1024;
    private static final AtomicLong LAST = new AtomicLong();

    private DeadNumbers() {}

    static long next() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) * PER_MICROSECOND
                + ThreadLocalRandom.current().nextInt(PER_MICROSECOND);
        return LAST.updateAndGet(last -> Math.max(last + 1, now));
    }
}
