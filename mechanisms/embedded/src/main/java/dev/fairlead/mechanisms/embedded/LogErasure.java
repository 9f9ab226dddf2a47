package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Takes the content of a key's records out of a log: first from the blocks, run by run, then from the files.
 *
 * <p>The database keeps what was overwritten until it compacts, and in its write-ahead log until it flushes. Both are made to
 * happen, whether anything was found or not: an earlier call may have come as far as the blocks and been killed there.
 */
final class LogErasure {
    private static final long RUN_BYTES = 4L << 20;

    private final Database database;
    private final WriteQueue queue;
    private final Claim claim;
    private final OpenLog log;
    private final BooleanSupplier stopped;

    LogErasure(Database database, WriteQueue queue, Claim claim, BooleanSupplier stopped) {
        this.database = database;
        this.queue = queue;
        this.claim = claim;
        this.log = claim.log();
        this.stopped = stopped;
    }

    long erase(byte[] key, long below) {
        claim.checkEpoch();
        requireRecord(key, below);
        long erased = 0;
        long next = log.start();
        while (next < below) {
            if (stopped.getAsBoolean()) {
                throw StorageFailures.closed();
            }
            List<Block> run = BlockScan.read(database, log, next, below, RUN_BYTES);
            if (run.isEmpty()) {
                break;
            }
            erased += eraseFrom(run, key, below);
            next = run.getLast().until();
        }
        write(List.of(), below);
        PurgeRequest.purge(queue, database, Family.BLOCKS, Keys.block(log.id(), 0), Keys.block(log.id(), below + 1));
        return erased;
    }

    private void requireRecord(byte[] key, long offset) {
        List<LogRecord> found = new ArrayList<>(1);
        if (offset >= log.start() && offset < log.end()) {
            new StoredRecords(database, log, 1).take(found, offset, offset + 1, 1);
        }
        if (found.isEmpty()
                || found.getFirst().offset() != offset
                || !Arrays.equals(found.getFirst().key(), key)) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "log " + log.name() + " has no record of the key at offset " + offset
                            + " (append one first, which tells that the earlier ones are erased)");
        }
    }

    private long eraseFrom(List<Block> run, byte[] key, long below) {
        List<Block> rewritten = new ArrayList<>();
        long erased = 0;
        for (Block block : run) {
            BlockRewriter rewriter = new BlockRewriter(block.from());
            rewriter.time(block.time());
            long found = 0;
            for (BlockCursor cursor = block.cursor(); cursor.advance(); ) {
                LogRecord record = cursor.record();
                boolean hit = record.offset() < below && Arrays.equals(record.key(), key);
                found += hit ? 1 : 0;
                rewriter.keep(hit ? LogRecord.erased(record.offset()) : record);
            }
            if (found > 0) {
                rewritten.addAll(rewriter.finish(block.until()));
                erased += found;
            }
        }
        if (erased > 0) {
            write(rewritten, below);
        }
        return erased;
    }

    private void write(List<Block> blocks, long below) {
        EraseRequest request = new EraseRequest(claim, blocks, below);
        Outcome.of(queue, request, request.result());
    }
}
