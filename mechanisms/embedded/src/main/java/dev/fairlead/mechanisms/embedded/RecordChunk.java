package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of one append, small enough for a block, packed by the thread that appends.
 *
 * @param entries what it holds
 * @param bytes the same, packed
 * @param length how many of the bytes count
 */
record RecordChunk(LogEntry[] entries, byte[] bytes, int length) {
    /** A block takes no further chunk when it is this long, in bytes. */
    static final int FULL = 128 * 1024;

    static List<RecordChunk> of(LogEntry[] entries) {
        List<RecordChunk> chunks = new ArrayList<>(1);
        int from = 0;
        while (from < entries.length) {
            int until = from;
            long size = 0;
            while (until < entries.length && (until == from || size + stored(entries[until]) <= FULL)) {
                size += stored(entries[until++]);
            }
            chunks.add(pack(from == 0 && until == entries.length ? entries : slice(entries, from, until), (int) size));
            from = until;
        }
        return chunks;
    }

    private static long stored(LogEntry entry) {
        return entry.size() + (long) RecordEncoder.OVERHEAD;
    }

    private static LogEntry[] slice(LogEntry[] entries, int from, int until) {
        return Arrays.copyOfRange(entries, from, until);
    }

    private static RecordChunk pack(LogEntry[] entries, int capacity) {
        RecordEncoder encoder = new RecordEncoder(capacity);
        for (LogEntry entry : entries) {
            encoder.add(entry);
        }
        return new RecordChunk(entries, encoder.bytes(), encoder.length());
    }
}
