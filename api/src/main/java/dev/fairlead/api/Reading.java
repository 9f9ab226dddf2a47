package dev.fairlead.api;

import java.time.Duration;

/** What a read of a copy returns: the value if there is one, and how far it can be trusted. */
public sealed interface Reading<V> {
    /**
     * The value, no older than the plan's {@code within}.
     *
     * <p>The limit is watched by an alarm, so that a read costs no clock: when it passes, or when a paused process goes on, a read may
     * still say fresh until the alarm's thread has run, which a machine with no free processor can put off. Whoever must know better
     * compares {@link Mark#changed} or asks {@link Copy#health}, which looks at the clock.
     */
    record Fresh<V>(V value, Mark mark) implements Reading<V> {}

    /**
     * A value that may be outdated: the copy is {@link HealthState#LATE} or {@link HealthState#STALE}, or this key has a gap.
     *
     * @param age how long ago the copy last knew the value to be current
     */
    record Stale<V>(V value, Mark mark, Duration age) implements Reading<V> {}

    /** The key has no value, and the copy is fresh enough to say so. */
    record Absent<V>() implements Reading<V> {}

    /** The copy cannot tell: it is loading, or has no value for the key and is not fresh enough to deny it. */
    record Unready<V>(Health health) implements Reading<V> {}
}
