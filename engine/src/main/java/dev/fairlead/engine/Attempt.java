package dev.fairlead.engine;

import dev.fairlead.engine.transaction.InboxTransaction;
import org.jspecify.annotations.Nullable;

/** One call of a handler, which ends by itself or is given up by the alarm of its time limit, whichever comes first. */
final class Attempt {
    private final Thread thread = Thread.currentThread();
    private boolean decided;
    private volatile boolean ended;
    private volatile @Nullable InboxTransaction transaction;

    /** Tells which transaction the call is done in. */
    void in(InboxTransaction used) {
        transaction = used;
    }

    /** Whether the application's database holds the call up, and not the handler. */
    boolean awaitsDatabase() {
        InboxTransaction used = transaction;
        return used != null && !used.isWorking();
    }

    /** Rolls back what the call has begun, and lets it begin nothing more. May block. */
    void abandon() {
        InboxTransaction used = transaction;
        if (used != null) {
            used.abandon();
        }
    }

    /** Whether the call ended before it was given up. Afterwards no interrupt of this attempt is under way. */
    synchronized boolean end() {
        ended = true;
        boolean first = !decided;
        decided = true;
        return first;
    }

    /** Interrupts the call, unless it has ended. */
    synchronized boolean giveUp() {
        if (decided) {
            return false;
        }
        decided = true;
        thread.interrupt();
        return true;
    }

    /** Whether it was given up, or has ended. */
    synchronized boolean decided() {
        return decided;
    }

    /** Whether the handler has returned or thrown, however late. */
    boolean ended() {
        return ended;
    }
}
