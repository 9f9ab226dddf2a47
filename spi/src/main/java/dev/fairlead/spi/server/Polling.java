package dev.fairlead.spi.server;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks for something until it is there or the time is over; between two looks a bell wakes it, or a pause ends. For one thread at a time,
 * whose interrupt ends the wait.
 */
public final class Polling {
    private final Workers workers;
    private final Bells.Bell bell;
    private final Pauses pauses;

    /** Of the workers only the failure of an interrupted wait is wanted. */
    public Polling(Workers workers, Bells.Bell bell, Pauses pauses) {
        this.workers = workers;
        this.bell = bell;
        this.pauses = pauses;
    }

    /** What was found, or the result of the last look; fails with CLOSED when it is interrupted, and as a look does. */
    public <T> T poll(Duration most, Supplier<T> look, Predicate<T> isThere) {
        long begin = System.nanoTime();
        long nanos = Nanos.of(most);
        while (true) {
            long heard = bell.rings();
            T found = look.get();
            if (isThere.test(found)) {
                pauses.changed();
                return found;
            }
            long left = nanos - (System.nanoTime() - begin);
            if (left <= 0) {
                return found;
            }
            await(heard, Math.min(left, pauses.next()));
        }
    }

    private void await(long heard, long nanos) {
        try {
            bell.await(heard, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw workers.interrupted();
        }
    }

    /** Lets one who waits look again at once, such as to find that it was closed. */
    public void wake() {
        bell.ring();
    }
}
