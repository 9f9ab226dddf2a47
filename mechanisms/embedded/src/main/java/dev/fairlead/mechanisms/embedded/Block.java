package dev.fairlead.mechanisms.embedded;

import java.nio.ByteBuffer;

/**
 * A run of a log's records as it is stored: those that were committed together, or, after compaction, those that are left of a
 * longer run. The blocks of a log follow each other without a gap, whatever was dropped from them, so that a lost one shows.
 *
 * @param from the first offset that the block accounts for
 * @param until the offset after the last one that it accounts for
 * @param count how many records it holds
 * @param time when the newest of them was committed, in milliseconds since 1970
 * @param bytes header and records
 */
record Block(long from, long until, int count, long time, byte[] bytes) {
    /** The length of the header before the records. */
    static final int HEADER = 1 + Long.BYTES + Long.BYTES + Integer.BYTES;

    private static final byte FORMAT = 1;

    static void putHeader(ByteBuffer target, long time, long span, int count) {
        target.put(FORMAT).putLong(time).putLong(span).putInt(count);
    }

    static Block parse(long from, byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("a block of an unknown format at offset " + from);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        long time = header.getLong(1);
        long span = header.getLong(1 + Long.BYTES);
        return new Block(from, from + span, header.getInt(1 + 2 * Long.BYTES), time, bytes);
    }

    BlockCursor cursor() {
        return new BlockCursor(this);
    }
}
