package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.RocksDBException;

/** The records of one append. */
final class AppendRequest implements Request {
    private static final int OVERHEAD = 256;

    private final Claim claim;
    private final List<RecordChunk> chunks;
    private final long bytes;
    private final CompletableFuture<Appended> result;
    private long first;

    AppendRequest(Claim claim, LogEntry[] entries, CompletableFuture<Appended> result) {
        this.claim = claim;
        this.result = result;
        this.chunks = RecordChunk.of(entries);
        long size = OVERHEAD;
        for (RecordChunk chunk : chunks) {
            size += chunk.length();
        }
        this.bytes = size;
    }

    CompletableFuture<Appended> result() {
        return result;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        claim.checkGoing();
        claim.checkEpoch();
        group.wants(claim.log().durability());
        GroupedAppends appends = group.appends(claim.log());
        first = appends.next();
        for (RecordChunk chunk : chunks) {
            appends.add(chunk);
        }
    }

    @Override
    public void publish(TailBudget tails) {
        // The group publishes the appends of a log together.
    }

    @Override
    public void done(Durability reached) {
        result.complete(new Appended(new Position(0, first), reached));
    }

    @Override
    public void failed(FairleadException failure) {
        claim.stop(failure);
        result.completeExceptionally(failure);
    }
}
