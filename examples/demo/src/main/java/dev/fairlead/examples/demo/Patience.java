package dev.fairlead.examples.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits, and minds interrupts and the failures of others meanwhile. */
public final class Patience {
    private static final long LOOK = Duration.ofMillis(1).toNanos();

    private final Workers workers;
    private final Interruption interruption;

    public Patience(Workers workers, Interruption interruption) {
        this.workers = workers;
        this.interruption = interruption;
    }

    /** Waits until the condition holds; returns false when it does not in time. */
    public boolean until(Duration longest, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            pause(LOOK);
        }
        return true;
    }

    /** Waits until the moment, in {@link System#nanoTime}. */
    public void untilNanos(long moment) throws InterruptedException {
        while (System.nanoTime() - moment < 0) {
            pause(Math.min(5 * LOOK, moment - System.nanoTime()));
        }
    }

    public void pause(long nanos) throws InterruptedException {
        LockSupport.parkNanos(nanos);
        interruption.check();
        workers.rethrow();
    }
}
