package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import org.jspecify.annotations.Nullable;

/** Records of one append that are still in memory, with a link to those after them. */
final class TailSegment {
    private static final int OVERHEAD_PER_ENTRY = 96;

    /** Follows a segment that was let go: the reader must look for its place again. */
    static final TailSegment EVICTED = new TailSegment(Long.MAX_VALUE, new LogEntry[0], 0);

    private final long from;
    private final LogEntry[] entries;
    private final long bytes;
    private volatile @Nullable TailSegment next;

    private TailSegment(long from, LogEntry[] entries, long bytes) {
        this.from = from;
        this.entries = entries;
        this.bytes = bytes;
    }

    static TailSegment of(long from, RecordChunk chunk) {
        return new TailSegment(
                from, chunk.entries(), chunk.length() + (long) chunk.entries().length * OVERHEAD_PER_ENTRY);
    }

    long from() {
        return from;
    }

    long until() {
        return from + entries.length;
    }

    LogRecord record(long offset) {
        LogEntry entry = entries[(int) (offset - from)];
        return new LogRecord(offset, entry.key(), entry.header(), entry.payload());
    }

    /** The heap that it holds, roughly, in bytes. */
    long bytes() {
        return bytes;
    }

    @Nullable
    TailSegment next() {
        return next;
    }

    void link(TailSegment follower) {
        next = follower;
    }
}
