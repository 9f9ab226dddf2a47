package dev.fairlead.spi.server;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Short exchanges with a server that an interrupt does not break off; the flag is set again afterwards. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Does the work on this thread, and gives what it gave. */
    public static <T> T call(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does the work on this thread. */
    public static void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** Waits until the latch is open. */
    public static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
