package dev.fairlead.mechanisms.embedded;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread wait for something that others change and then tell by {@link #wake}.
 *
 * <p>It spins for a moment before it sleeps: to be woken takes longer than most records take to come. The sleeper shows itself
 * before it looks a last time, and the waker changes before it looks for a sleeper, so that no wake is lost.
 */
final class Waiting {
    private static final long SPIN_NANOS = 30_000;

    private volatile @Nullable Thread sleeper;

    /** Returns when the condition holds, the time is over, or the thread is interrupted. */
    void await(BooleanSupplier condition, long nanos) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < Math.min(SPIN_NANOS, nanos)) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.yield();
        }
        sleep(condition, nanos);
    }

    /** The same without the spin. */
    void sleep(BooleanSupplier condition, long nanos) {
        long begin = System.nanoTime();
        sleeper = Thread.currentThread();
        try {
            long left = nanos;
            while (left > 0
                    && !condition.getAsBoolean()
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, left);
                left = nanos - (System.nanoTime() - begin);
            }
        } finally {
            sleeper = null;
        }
    }

    void wake() {
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
