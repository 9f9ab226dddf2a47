package dev.fairlead.engine;

import dev.fairlead.spi.LogRecord;

/**
 * A record that a group has in hand.
 *
 * @param record as it stands in the item's log
 * @param run whether it comes for the first time or in a replay
 */
record Taken(LogRecord record, Run run) {
    /** Why a record comes. */
    enum Run {
        LIVE,
        REPLAY
    }

    long offset() {
        return record.offset();
    }

    boolean replayed() {
        return run == Run.REPLAY;
    }
}
