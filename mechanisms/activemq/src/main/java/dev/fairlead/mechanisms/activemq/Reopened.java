package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something on a connection that is opened when it is needed, and anew after it broke. One opens it at a time, and the others wait for
 * that.
 */
final class Reopened<T extends Reopened.Open> {
    private static final int PAUSE_MILLIS = 100;

    private final Supplier<T> opener;
    private final Duration timeout;
    private @Nullable T current;
    private boolean closed;

    /** What is open, and may break. */
    interface Open {
        boolean isBroken();

        /** Ends it; does not wait for long. */
        void close();
    }

    Reopened(Supplier<T> opener, Duration timeout) {
        this.opener = opener;
        this.timeout = timeout;
    }

    /** The open one. Tries again for half of the time-out, so that the last attempt, which may take all of it, is not the second of its kind. */
    T get() {
        long deadline = System.nanoTime() + timeout.toNanos() / 2;
        while (true) {
            try {
                return open();
            } catch (FairleadException failure) {
                if (Failures.isFinal(failure) || System.nanoTime() > deadline) {
                    throw failure;
                }
            }
            await();
        }
    }

    private synchronized T open() {
        if (closed) {
            throw Failures.closed();
        }
        T open = current;
        if (open != null && open.isBroken()) {
            open.close();
            open = null;
        }
        if (open == null) {
            open = opener.get();
            current = open;
        }
        return open;
    }

    private synchronized void await() {
        try {
            wait(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
    }

    /** The open one, if there is one and it has not broken. */
    synchronized @Nullable T present() {
        T open = current;
        return open == null || open.isBroken() ? null : open;
    }

    /** Gives up one that failed; the next call opens another. */
    synchronized void drop(T failed) {
        if (current == failed) {
            current = null;
        }
        failed.close();
    }

    /** Ends the open one, and opens no other. */
    synchronized @Nullable T end() {
        closed = true;
        notifyAll();
        T open = current;
        current = null;
        return open;
    }
}
