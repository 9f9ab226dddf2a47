package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/** The appends of one log in one group, gathered into blocks. */
final class GroupedAppends {
    private final OpenLog log;
    private final CommitGroup group;
    private final List<TailSegment> segments = new ArrayList<>();
    private final List<RecordChunk> block = new ArrayList<>();
    private long blockFrom;
    private int blockBytes;
    private long next;

    GroupedAppends(OpenLog log, CommitGroup group) {
        this.log = log;
        this.group = group;
        this.next = log.end();
        this.blockFrom = next;
    }

    OpenLog log() {
        return log;
    }

    /** The offset of the next record. */
    long next() {
        return next;
    }

    void add(RecordChunk chunk) throws RocksDBException {
        if (blockBytes + chunk.length() > RecordChunk.FULL) {
            finish();
        }
        segments.add(TailSegment.of(next, chunk));
        block.add(chunk);
        blockBytes += chunk.length();
        if (log.keepsLatest()) {
            putLatest(chunk.entries());
        }
        next += chunk.entries().length;
    }

    private void putLatest(LogEntry[] entries) throws RocksDBException {
        for (int i = 0; i < entries.length; i++) {
            group.putLatest(log.id(), entries[i].key(), next + i);
        }
    }

    /** Writes the gathered block. */
    void finish() throws RocksDBException {
        if (!block.isEmpty()) {
            group.putBlock(log.id(), blockFrom, next, block, blockBytes);
            block.clear();
            blockBytes = 0;
            blockFrom = next;
        }
    }

    void publish(TailBudget tails) {
        for (TailSegment segment : segments) {
            tails.add(log, segment);
        }
        log.endingAt(next);
    }
}
