package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.RocksDBException;

/** Takes away the records of a log below an offset. */
final class TrimRequest implements Request {
    private static final int BYTES = 512;

    private final OpenLog log;
    private final long start;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private LogRow row;

    TrimRequest(OpenLog log, long start) {
        this.log = log;
        this.start = start;
        this.row = log.row();
    }

    CompletableFuture<Void> result() {
        return result;
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public boolean small() {
        return true;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        log.startingAt(start);
        row = log.row().startingAt(start);
        group.batch().deleteRange(group.family(Family.BLOCKS), Keys.block(log.id(), 0), Keys.block(log.id(), start));
        group.batch().put(group.family(Family.LOGS), Keys.name(log.name()), row.bytes());
    }

    @Override
    public void publish(TailBudget tails) {
        log.row(row);
        tails.releaseBelow(log, start);
    }

    @Override
    public void done(Durability reached) {
        result.complete(null);
    }

    @Override
    public void failed(FairleadException failure) {
        result.completeExceptionally(failure);
    }
}
