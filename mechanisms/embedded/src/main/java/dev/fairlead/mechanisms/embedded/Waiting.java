package dev.fairlead.mechanisms.embedded;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread wait for something that others change and then tell by {@link #wake}.
 *
 * <p>To be woken takes some ten microseconds. So while waits have been short of late, it spins for about twice their length
 * before it sleeps, giving way to other threads; while they have been long, it sleeps at once. The sleeper shows itself before
 * it looks a last time, and the waker changes before it looks for a sleeper, so that no wake is lost.
 */
final class Waiting {
    private static final long LONGEST_SPIN = TimeUnit.MICROSECONDS.toNanos(250);
    private static final int WEIGHT_OF_PAST = 8;

    private volatile @Nullable Thread sleeper;
    private long usual;

    /** Returns when the condition holds, the time is over, or the thread is interrupted. */
    void await(BooleanSupplier condition, long nanos) {
        long begin = System.nanoTime();
        if (!spin(condition, Math.min(nanos, 2 * usual), begin)) {
            sleep(condition, nanos);
        }
        long took = Math.min(System.nanoTime() - begin, WEIGHT_OF_PAST * LONGEST_SPIN);
        usual += (took - usual) / WEIGHT_OF_PAST;
    }

    private static boolean spin(BooleanSupplier condition, long nanos, long begin) {
        while (nanos <= LONGEST_SPIN && System.nanoTime() - begin < nanos) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.yield();
        }
        return false;
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
