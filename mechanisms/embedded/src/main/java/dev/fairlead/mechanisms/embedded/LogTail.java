package dev.fairlead.mechanisms.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The newest records of a log, in memory, so that a reader at the end never asks the database.
 *
 * <p>The committer's thread adds and lets go; any thread reads, without a lock. Two orders make this safe: records are in the
 * database before they are here, and here before the log's end is moved; so a reader that sees an end finds every record below
 * it here or there. A segment that was let go no longer leads to its followers, so a slow reader holds one segment at most.
 */
final class LogTail {
    private volatile @Nullable TailSegment oldest;
    private @Nullable TailSegment newest;
    private long bytes;

    void add(TailSegment segment) {
        if (newest == null) {
            oldest = segment;
        } else {
            newest.link(segment);
        }
        newest = segment;
        bytes += segment.bytes();
    }

    /** Lets the oldest segment go; how many bytes that frees. */
    long evictOldest() {
        TailSegment gone = oldest;
        if (gone == null) {
            return 0;
        }
        oldest = gone.next();
        if (oldest == null) {
            newest = null;
        }
        gone.link(TailSegment.EVICTED);
        bytes -= gone.bytes();
        return gone.bytes();
    }

    long bytes() {
        return bytes;
    }

    /** The first offset that it holds; beyond all offsets if it holds none. */
    long oldest() {
        TailSegment segment = oldest;
        return segment == null ? Long.MAX_VALUE : segment.from();
    }

    /** The segment that holds the offset, which is below the log's end; none if only the database has it. */
    @Nullable
    TailSegment find(long offset) {
        TailSegment segment = oldest;
        while (segment != null && segment.until() <= offset) {
            segment = segment.next();
            if (segment == TailSegment.EVICTED) {
                segment = oldest;
            }
        }
        return segment == null || segment.from() > offset ? null : segment;
    }
}
