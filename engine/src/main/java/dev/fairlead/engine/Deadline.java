package dev.fairlead.engine;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;

/** A moment on the monotonic clock after which nobody waits. */
record Deadline(TimeSource time, long until) {
    static Deadline in(Duration wait, TimeSource time) {
        return new Deadline(time, time.nanos() + wait.toNanos());
    }

    /** What is left, never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, until - time.nanos()));
    }
}
