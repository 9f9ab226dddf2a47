package dev.fairlead.engine;

import java.time.Instant;

/**
 * An entry of a parking log.
 *
 * @param kind what happened
 * @param origin the offset in the item's log of the record that it happened to
 * @param attempts how often the record had been tried
 * @param time when it happened
 * @param text the error, or the reason of a dismissal
 * @param header the record's own header, when it was parked
 */
record ParkingNote(Kind kind, long origin, int attempts, Instant time, String text, byte[] header) {
    static final byte[] NO_HEADER = {};

    /** What can happen to a parked record. The order is part of the format. */
    enum Kind {
        PARKED,
        FAILED_AGAIN,
        HANDLED,
        DISMISSED
    }
}
