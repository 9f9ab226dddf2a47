package dev.fairlead.spi.server;

import java.time.Duration;

/** Waiting for the end of a thread. */
public final class Threads {
    private Threads() {}

    /** Waits at most so long, also when interrupted; returns whether the thread has ended. */
    public static boolean join(Thread thread, Duration most) {
        if (thread == Thread.currentThread()) {
            return false;
        }
        return Uninterrupted.call(() -> {
            try {
                return thread.join(most);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }
}
