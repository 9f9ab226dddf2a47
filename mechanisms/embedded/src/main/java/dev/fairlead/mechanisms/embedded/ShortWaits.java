package dev.fairlead.mechanisms.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long waits have been of late, and a spin for those that are short.
 *
 * <p>To be woken takes some ten microseconds. So while waits have been short, it pays to spin for about twice their usual length
 * before sleeping, giving way to other threads; while they have been long, it does not. What is usual is a hint: threads
 * that share one may overwrite each other's part of it.
 */
final class ShortWaits {
    private static final int WEIGHT_OF_PAST = 8;

    private final long longestSpin;
    private volatile long usual;

    ShortWaits(Duration longestSpin) {
        this.longestSpin = longestSpin.toNanos();
    }

    /** Spins until the condition holds, or for as long as it pays, at most for {@code nanos}; whether it holds. */
    boolean spin(BooleanSupplier condition, long nanos) {
        long most = Math.min(nanos, 2 * usual);
        long begin = System.nanoTime();
        while (most <= longestSpin && System.nanoTime() - begin < most) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.yield();
        }
        return false;
    }

    /** Notes the length of a whole wait, spin and sleep. */
    void took(long nanos) {
        long before = usual;
        usual = before + (Math.min(nanos, WEIGHT_OF_PAST * longestSpin) - before) / WEIGHT_OF_PAST;
    }
}
