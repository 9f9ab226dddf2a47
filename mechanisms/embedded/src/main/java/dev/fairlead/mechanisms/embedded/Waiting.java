package dev.fairlead.mechanisms.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread wait for something that others change and then tell by {@link #wake}.
 *
 * <p>The sleeper shows itself before it looks a last time, and the waker changes before it looks for a sleeper, so that no wake is
 * lost.
 */
final class Waiting {
    private final ShortWaits waits = new ShortWaits(Duration.ofNanos(250_000));
    private volatile @Nullable Thread sleeper;

    /** Returns when the condition holds, the time is over, or the thread is interrupted. */
    void await(BooleanSupplier condition, long nanos) {
        long begin = System.nanoTime();
        if (!waits.spin(condition, nanos)) {
            sleep(condition, nanos);
        }
        waits.took(System.nanoTime() - begin);
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
