package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads the blocks of a log in order, and notices a missing one. */
final class BlockScan {
    private static final int READ_AHEAD = 2 << 20;

    private BlockScan() {}

    /**
     * The blocks from the one that holds {@code next} on, below {@code end}, until they have the bytes wanted. What retention has
     * taken away meanwhile is passed over; if that is everything below the end, there are none.
     */
    static List<Block> read(Database database, OpenLog log, long next, long end, long bytes) {
        long from = next;
        while (true) {
            try {
                long wanted = from;
                return database.read(handles -> scan(handles, database.place(), log, wanted, end, bytes));
            } catch (FairleadException e) {
                long start = log.start();
                if (e.code() != ErrorCode.STORAGE_DAMAGED || start <= from) {
                    throw e;
                }
                if (start >= end) {
                    return List.of();
                }
                from = start;
            }
        }
    }

    private static List<Block> scan(Handles handles, String place, OpenLog log, long next, long end, long bytes)
            throws RocksDBException {
        try (ReadOptions options = new ReadOptions().setReadaheadSize(bytes > RecordChunk.FULL ? READ_AHEAD : 0);
                RocksIterator rows = handles.database().newIterator(handles.family(Family.BLOCKS), options)) {
            seek(rows, log.id(), next);
            List<Block> blocks = new ArrayList<>();
            long expected = next;
            long size = 0;
            while (expected < end && size < bytes && rows.isValid()) {
                Block block = block(rows, place, log);
                if (block == null
                        || block.until() <= expected
                        || block.from() > expected
                        || block.from() < expected && !blocks.isEmpty()) {
                    break;
                }
                blocks.add(block);
                size += block.bytes().length;
                expected = block.until();
                rows.next();
            }
            rows.status();
            if (expected < end && size < bytes) {
                throw damaged(place, log, "the record at offset " + expected + " is missing, the log goes to " + end);
            }
            return blocks;
        }
    }

    private static void seek(RocksIterator rows, int log, long offset) {
        byte[] key = Keys.block(log, offset);
        rows.seek(key);
        if (!rows.isValid() || Keys.log(rows.key()) != log || Keys.from(rows.key()) != offset) {
            rows.seekForPrev(key);
        }
    }

    private static @Nullable Block block(RocksIterator rows, String place, OpenLog log) {
        byte[] key = rows.key();
        if (Keys.log(key) != log.id()) {
            return null;
        }
        try {
            return Block.parse(Keys.from(key), rows.value());
        } catch (IllegalArgumentException e) {
            throw damaged(place, log, String.valueOf(e.getMessage()));
        }
    }

    /** The offset after the last stored record; 0 if there is none. */
    static long end(Handles handles, int log) throws RocksDBException {
        try (RocksIterator rows = handles.database().newIterator(handles.family(Family.BLOCKS))) {
            rows.seekForPrev(Keys.block(log, Long.MAX_VALUE));
            boolean found = rows.isValid() && Keys.log(rows.key()) == log;
            long end = found ? Block.parse(Keys.from(rows.key()), rows.value()).until() : 0;
            rows.status();
            return end;
        }
    }

    static FairleadException damaged(String place, OpenLog log, String what) {
        return new FairleadException(
                ErrorCode.STORAGE_DAMAGED,
                place + ", log " + log.name() + ": " + what
                        + "; restore the folder from a backup, or move it away to begin anew");
    }
}
