package dev.fairlead.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does something at a steady rate, and notes when; a call that takes too long does not change when the next is due. */
final class Pace {
    static final int PER_SECOND = 10_000;

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final long START = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SPIN = 60_000;
    private static final long SHORTEST_PARK = 10_000;

    private final long[] called;
    private double perSecond;

    /** Something done for each number. */
    @FunctionalInterface
    interface Step {
        void step(int number) throws Exception;
    }

    Pace(int count) {
        this.called = new long[count];
    }

    /** How long ago the step of that number was called; meant for whoever has got what the step sent. */
    double microsSince(int number, long nanoTime) {
        return (nanoTime - called[number]) / 1e3;
    }

    /** Without the first tenth, in which the compiler was still at work. */
    double[] withoutWarmUp(double[] times) {
        return Arrays.copyOfRange(times, times.length / 10, times.length);
    }

    int count() {
        return called.length;
    }

    /** The rate that was kept. */
    double perSecond() {
        return perSecond;
    }

    void run(Step step) throws Exception {
        long begin = System.nanoTime();
        long due = begin + START;
        for (int number = 0; number < called.length; number++, due += INTERVAL) {
            pauseUntil(due);
            called[number] = System.nanoTime();
            step.step(number);
        }
        perSecond = called.length / Seconds.since(begin + START);
    }

    /** Sleeps through the first part of the pause, so that the caller does not take a core from what it measures. */
    private static void pauseUntil(long due) {
        long left = due - System.nanoTime();
        if (left > SPIN + SHORTEST_PARK) {
            LockSupport.parkNanos(left - SPIN);
        }
        while (System.nanoTime() - due < 0) {
            Thread.onSpinWait();
        }
    }
}
