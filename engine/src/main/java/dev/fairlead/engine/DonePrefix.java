package dev.fairlead.engine;

import java.util.TreeSet;

/** Up to where a group is done without a hole: the lowest record that was begun and is not done. Safe for many threads. */
final class DonePrefix {
    private final TreeSet<Long> begun = new TreeSet<>();
    private long next;

    DonePrefix(long next) {
        this.next = next;
    }

    /** To be called in the order of the log. */
    synchronized void begin(long offset) {
        begun.add(offset);
        next = Math.max(next, offset + 1);
    }

    synchronized void done(long offset) {
        begun.remove(offset);
    }

    /** Everything below is done. */
    synchronized long position() {
        return begun.isEmpty() ? next : begun.first();
    }
}
