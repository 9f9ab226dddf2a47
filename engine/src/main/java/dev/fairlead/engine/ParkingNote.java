package dev.fairlead.engine;

import java.time.Instant;

/**
 * What a slot of a parking log holds.
 *
 * @param kind what the slot is taken for, or what became of the record that it held
 * @param origin the offset in the item's log of the record; -1 in a free slot
 * @param attempts how often the record had been tried
 * @param time when it happened
 * @param text the error, or the reason of a dismissal
 * @param key the record's key
 * @param header the record's own header, when it is parked
 */
record ParkingNote(Kind kind, long origin, int attempts, Instant time, String text, byte[] key, byte[] header) {
    static final byte[] NOTHING = {};

    /** What a slot can hold. The order is part of the format. */
    enum Kind {
        /** A record with its payload. */
        PARKED,
        /** The record was handled; the slot is free when it does not come again. */
        HANDLED,
        /** The record was dropped on purpose; likewise. */
        DISMISSED,
        /** The key's records are to be sent again. */
        REDRIVE,
        /** Nothing. */
        FREE
    }
}
