package dev.fairlead.spi.server;

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
}
