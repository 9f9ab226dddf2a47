package dev.fairlead.spi;

import java.time.Instant;

/**
 * The time that Fairlead goes by, so that tests can set it.
 *
 * <p>Ages and limits are measured by {@link #nanos}, which never jumps; {@link #now} only stamps records. Safe for many threads.
 */
public interface TimeSource {
    /** The system's clocks. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    };

    /** Nanoseconds since an arbitrary moment; only differences mean something. */
    long nanos();

    /** The wall clock. */
    Instant now();
}
