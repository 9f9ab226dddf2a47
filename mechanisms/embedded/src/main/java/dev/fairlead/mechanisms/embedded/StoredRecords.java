package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader that is behind has fetched from the database and not yet handed out. Blocks are fetched many at a time, and no
 * iterator outlives a fetch, so that a reader that is left alone holds nothing of the database.
 */
final class StoredRecords {
    /** What a reader fetches at once. */
    static final long FETCH_BYTES = 1L << 20;

    private static final long HANDED_OUT_BYTES = 4L << 20;

    private final Database database;
    private final OpenLog log;
    private final long fetchBytes;
    private final Deque<Block> fetched = new ArrayDeque<>();
    private @Nullable BlockCursor cursor;
    private long next = -1;

    StoredRecords(Database database, OpenLog log, long fetchBytes) {
        this.database = database;
        this.log = log;
        this.fetchBytes = fetchBytes;
    }

    /** Whether what comes at the offset has been fetched. */
    boolean holds(long offset) {
        return offset == next && (cursor != null || !fetched.isEmpty());
    }

    void clear() {
        fetched.clear();
        cursor = null;
        next = -1;
    }

    /** Hands out records from the offset on; the offset to go on with. */
    long take(List<LogRecord> records, long offset, long end, int most) {
        try {
            return takeFetched(records, offset, end, most);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            clear();
            throw BlockScan.damaged(database.place(), log, "the records after offset " + offset + " are garbled: " + e);
        }
    }

    private long takeFetched(List<LogRecord> records, long offset, long end, int most) {
        if (!holds(offset)) {
            clear();
            fetched.addAll(BlockScan.read(database, log, offset, end, fetchBytes));
            next = offset;
        }
        long bytes = 0;
        while (records.size() < most && bytes < HANDED_OUT_BYTES && nextRecord()) {
            BlockCursor current = cursor;
            if (current != null && current.offset() >= next) {
                records.add(current.record());
                bytes += current.size();
                next = current.offset() + 1;
            }
        }
        return next;
    }

    private boolean nextRecord() {
        while (cursor == null || !cursor.advance()) {
            if (cursor != null) {
                next = Math.max(next, cursor.until());
            }
            Block block = fetched.poll();
            cursor = block == null ? null : block.cursor();
            if (block == null) {
                return false;
            }
        }
        return true;
    }
}
