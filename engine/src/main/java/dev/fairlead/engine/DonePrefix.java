package dev.fairlead.engine;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** Up to where a group is done without a hole: the lowest record that was begun and is not done. Safe for many threads. */
final class DonePrefix {
    private final ArrayDeque<Long> begun = new ArrayDeque<>();
    private final Set<Long> done = new HashSet<>();
    private long next;

    DonePrefix(long next) {
        this.next = next;
    }

    /** To be called in the order of the log. */
    synchronized void begin(long offset) {
        begun.add(offset);
        next = Math.max(next, offset + 1);
    }

    /** No record stands below {@code to} that was not begun. */
    synchronized void pass(long to) {
        next = Math.max(next, to);
    }

    synchronized void done(long offset) {
        done.add(offset);
        while (!begun.isEmpty() && done.remove(begun.element())) {
            begun.remove();
        }
    }

    /** Everything below is done. */
    synchronized long position() {
        return begun.isEmpty() ? next : begun.element();
    }
}
