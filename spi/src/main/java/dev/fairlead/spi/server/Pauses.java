package dev.fairlead.spi.server;

import java.time.Duration;

/** How long one who waits pauses between looks: short after a change, then longer and longer. For one thread. */
public final class Pauses {
    private final long shortest;
    private final long longest;
    private long next;

    public Pauses(Duration shortest, Duration longest) {
        this.shortest = Math.min(shortest.toNanos(), longest.toNanos());
        this.longest = longest.toNanos();
        this.next = this.shortest;
    }

    /** What was waited for came. */
    public void changed() {
        next = shortest;
    }

    /** The next pause, in nanoseconds; the one after it is half as long again. */
    public long next() {
        long pause = next;
        next = Math.min(longest, pause + pause / 2);
        return pause;
    }
}
