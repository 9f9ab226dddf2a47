package dev.fairlead.spi;

import java.time.Duration;

/** What a log keeps. */
public sealed interface Retention {
    /** Everything. */
    record KeepAll() implements Retention {}

    /** What was appended within the time, by the mechanism's time source; older records go from the start of the log. */
    record KeepFor(Duration time) implements Retention {}

    /**
     * At least the latest record of each key, removals included, and everything that was appended lately; superseded records may
     * go from anywhere below {@link LogBounds#compactedBelow}.
     */
    record LatestPerKey() implements Retention {}
}
