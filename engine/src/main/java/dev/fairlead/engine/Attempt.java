package dev.fairlead.engine;

/** One call of a handler, which ends by itself or is given up by the alarm of its time limit, whichever comes first. */
final class Attempt {
    private final Thread thread = Thread.currentThread();
    private boolean decided;
    private volatile boolean ended;

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
