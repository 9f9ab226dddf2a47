package dev.fairlead.examples.store;

import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * The clock of the demo: it goes as fast as the machine's, and can be put forward.
 *
 * <p>A machine that stands still for a while does not make data old: then this clock stands still, too. One thread runs it.
 */
final class Clock implements Runnable {
    private static final long STEP = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_STEP = Duration.ofMillis(50).toNanos();

    private final SettableTime time = SettableTime.at(Instant.now());

    @Override
    public void run() {
        long last = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(STEP);
            long now = System.nanoTime();
            time.advance(Duration.ofNanos(Math.min(now - last, LONGEST_STEP)));
            last = now;
        }
    }

    SettableTime time() {
        return time;
    }

    void putForward(Duration step) {
        time.advance(step);
    }
}
