package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.SharedAttempt;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something on a connection that is opened when it is needed, and anew after it broke. One opens it at a time; the others wait for that, and
 * share its failure.
 */
final class Reopened<T extends Reopened.Open> {
    private static final int PAUSE_MILLIS = 100;

    private final Supplier<T> opener;
    private final Duration timeout;
    private final SharedAttempt<T> opening = new SharedAttempt<>();
    private @Nullable T current;
    private boolean closed;
    private volatile long begun;

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

    /**
     * The open one. Tries again for half of the time-out, so that the last attempt, which may take all of it, is not the second of its kind; nor
     * is one that follows another caller's long attempt.
     */
    T get() {
        long called = System.nanoTime();
        while (true) {
            try {
                T open = present();
                return open == null ? opening.join(this::open) : open;
            } catch (FairleadException failure) {
                long now = System.nanoTime();
                boolean late = Math.max(now - called, now - begun) > timeout.toNanos() / 2;
                if (Failures.isFinal(failure) || late) {
                    throw failure;
                }
            }
            await();
        }
    }

    private T open() {
        T open = present();
        if (open != null) {
            return open;
        }
        refuseWhenClosed();
        begun = System.nanoTime();
        T opened = opener.get();
        if (!keep(opened)) {
            opened.close();
            throw Failures.closed();
        }
        return opened;
    }

    private synchronized void refuseWhenClosed() {
        if (closed) {
            throw Failures.closed();
        }
    }

    private synchronized boolean keep(T opened) {
        if (closed) {
            return false;
        }
        if (current != null) {
            current.close();
        }
        current = opened;
        return true;
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
