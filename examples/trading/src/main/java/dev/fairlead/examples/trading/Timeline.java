package dev.fairlead.examples.trading;

import java.time.Duration;

/** When which story begins, as parts of the run's length. The silence comes first, since the file decides when it is there. */
record Timeline(long begin, Duration length) {
    private static final Duration SHORTEST_STOP = Duration.ofMillis(1500);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

    long lateJoiner() {
        return at(0.30);
    }

    long lostRecord() {
        return at(0.45);
    }

    long stoppedOwner() {
        return at(0.60);
    }

    long end() {
        return at(1);
    }

    /** How long the owner is stopped: longer than the portfolio's limit. */
    Duration stop() {
        Duration tenth = length.dividedBy(10);
        if (tenth.compareTo(SHORTEST_STOP) < 0) {
            return SHORTEST_STOP;
        }
        return tenth.compareTo(LONGEST_STOP) > 0 ? LONGEST_STOP : tenth;
    }

    private long at(double part) {
        return begin + (long) (length.toNanos() * part);
    }
}
