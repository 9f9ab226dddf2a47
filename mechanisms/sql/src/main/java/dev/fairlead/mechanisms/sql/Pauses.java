package dev.fairlead.mechanisms.sql;

import java.time.Duration;

/** How long one who waits pauses between looks: short after a change, then longer and longer. */
final class Pauses {
    private final long shortest;
    private final long longest;
    private long next;

    Pauses(Duration shortest, Duration longest) {
        this.shortest = Math.min(shortest.toNanos(), longest.toNanos());
        this.longest = longest.toNanos();
        this.next = this.shortest;
    }

    void changed() {
        next = shortest;
    }

    long next() {
        long pause = next;
        next = Math.min(longest, pause + pause / 2);
        return pause;
    }
}
