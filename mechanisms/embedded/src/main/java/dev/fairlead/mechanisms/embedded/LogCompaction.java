package dev.fairlead.mechanisms.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Drops the superseded records of a log, run of blocks by run of blocks, from the start on.
 *
 * <p>A record goes when its key has a newer one: later in the same run, or by the index of latest records. That index only ever
 * moves on, so what is found superseded stays so, whatever is appended meanwhile.
 */
final class LogCompaction {
    private static final long RUN_BYTES = 4L << 20;
    private static final int KEYS_AT_ONCE = 1024;

    private final Database database;
    private final WriteQueue queue;
    private final OpenLog log;
    private final BooleanSupplier stopped;
    private long doneBelow;
    private long kept;

    LogCompaction(Database database, WriteQueue queue, OpenLog log, BooleanSupplier stopped) {
        this.database = database;
        this.queue = queue;
        this.log = log;
        this.stopped = stopped;
        this.doneBelow = log.row().compactedBelow();
        this.kept = log.row().kept();
    }

    /** Up to where the last run came. */
    long doneBelow() {
        return doneBelow;
    }

    /** How many records it left. */
    long kept() {
        return kept;
    }

    void run(long limit) {
        long next = log.start();
        long left = 0;
        while (next < limit && !stopped.getAsBoolean()) {
            List<Block> run = new ArrayList<>(BlockScan.read(database, log, next, limit, RUN_BYTES));
            run.removeIf(block -> block.until() > limit);
            if (run.isEmpty()) {
                break;
            }
            next = run.get(run.size() - 1).until();
            left += compact(run, next, left);
        }
        doneBelow = Math.max(doneBelow, next);
        kept = left;
    }

    private long compact(List<Block> run, long until, long leftBefore) {
        Map<ByteBuffer, Long> newest = newest(run);
        dropSuperseded(newest);
        BlockRewriter rewriter = new BlockRewriter(run.get(0).from());
        for (Block block : run) {
            rewriter.time(block.time());
            for (BlockCursor cursor = block.cursor(); cursor.advance(); ) {
                Long last = newest.get(ByteBuffer.wrap(cursor.key()));
                if (last != null && last == cursor.offset()) {
                    rewriter.keep(cursor.record());
                }
            }
        }
        List<Block> blocks = rewriter.finish(until);
        boolean dropped = newest.size() < run.stream().mapToLong(Block::count).sum();
        if (dropped || blocks.size() < run.size()) {
            List<Long> gone = run.stream().map(Block::from).toList();
            RewriteRequest request = new RewriteRequest(log, gone, blocks, until, leftBefore + newest.size());
            Outcome.of(queue, request, request.result());
        }
        return newest.size();
    }

    private static Map<ByteBuffer, Long> newest(List<Block> run) {
        Map<ByteBuffer, Long> newest = new HashMap<>();
        for (Block block : run) {
            for (BlockCursor cursor = block.cursor(); cursor.advance(); ) {
                byte[] key = cursor.key();
                if (key.length > 0) { // an erased record is superseded, whoever's it was
                    newest.put(ByteBuffer.wrap(key), cursor.offset());
                }
            }
        }
        return newest;
    }

    private void dropSuperseded(Map<ByteBuffer, Long> newest) {
        List<ByteBuffer> keys = new ArrayList<>(newest.keySet());
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            List<ByteBuffer> some = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE));
            List<byte[]> offsets = latest(some);
            for (int i = 0; i < some.size(); i++) {
                byte[] offset = offsets.get(i);
                if (offset != null && Keys.number(offset) > newest.getOrDefault(some.get(i), Long.MAX_VALUE)) {
                    newest.remove(some.get(i));
                }
            }
        }
    }

    private List<byte[]> latest(List<ByteBuffer> keys) {
        List<byte[]> rows =
                keys.stream().map(key -> Keys.latest(log.id(), key.array())).toList();
        return database.read(handles -> handles.database()
                .multiGetAsList(Collections.nCopies(rows.size(), handles.family(Family.LATEST)), rows));
    }
}
