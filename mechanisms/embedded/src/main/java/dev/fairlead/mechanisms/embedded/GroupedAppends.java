package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;

/** The appends of one log in one group, gathered into blocks. */
final class GroupedAppends {
    private final OpenLog log;
    private final CommitGroup group;
    private final List<TailSegment> segments = new ArrayList<>();
    private final List<RecordChunk> block = new ArrayList<>();
    private final Map<ByteBuffer, Long> latest = new HashMap<>();
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
            finishBlock();
        }
        segments.add(TailSegment.of(next, chunk));
        block.add(chunk);
        blockBytes += chunk.length();
        if (log.keepsLatest()) {
            noteLatest(chunk.entries());
        }
        next += chunk.entries().length;
    }

    private void noteLatest(LogEntry[] entries) {
        for (int i = 0; i < entries.length; i++) {
            latest.put(ByteBuffer.wrap(entries[i].key()), next + i);
        }
    }

    /** Writes the last block, and one row for each key however often it was appended. */
    void finish() throws RocksDBException {
        finishBlock();
        for (Map.Entry<ByteBuffer, Long> newest : latest.entrySet()) {
            group.putLatest(log.id(), newest.getKey().array(), newest.getValue());
        }
    }

    private void finishBlock() throws RocksDBException {
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
