package dev.fairlead.mechanisms.activemq;

/** Lets users in to something that ends when it is closed and the last of them has left. Safe for many threads. */
final class Entrance {
    private final Runnable end;
    private int users;
    private boolean closed;

    /** @param end ends it, once; does not block */
    Entrance(Runnable end) {
        this.end = end;
    }

    /** Whether the caller is in, and must leave; nobody is let in after the close. */
    synchronized boolean enter() {
        if (!closed) {
            users++;
        }
        return !closed;
    }

    synchronized void leave() {
        users--;
        if (closed && users == 0) {
            end.run();
        }
    }

    /** Safe to call twice. */
    synchronized void close() {
        if (!closed && users == 0) {
            end.run();
        }
        closed = true;
    }
}
