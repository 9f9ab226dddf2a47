package dev.fairlead.spi.server;

import java.util.function.Supplier;

/** Counts what is under way, so that who closes can wait for its end. Safe for many threads. */
public final class UnderWay {
    private int count;

    /** Does the work, and counts it meanwhile. */
    public <T> T during(Supplier<T> work) {
        begin();
        try {
            return work.get();
        } finally {
            finish();
        }
    }

    private synchronized void begin() {
        count++;
    }

    private synchronized void finish() {
        count--;
        notifyAll();
    }

    /** Waits until nothing is under way, also when interrupted. What begins later must find by itself that it is too late. */
    public synchronized void awaitNone() {
        boolean interrupted = false;
        while (count > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
