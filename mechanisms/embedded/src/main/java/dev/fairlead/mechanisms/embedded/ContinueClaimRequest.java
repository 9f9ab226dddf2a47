package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import org.rocksdb.RocksDBException;

/** Lets another writer go on with a claim. It writes the log's row once more, so that what an earlier process left is as durable as its records are to be. */
final class ContinueClaimRequest extends AnsweredRequest<Claim> {
    private static final int BYTES = 512;

    private final Claim claim;

    ContinueClaimRequest(Claim claim) {
        this.claim = claim;
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
    public void prepare(CommitGroup group) throws RocksDBException {
        claim.checkEpoch();
        OpenLog log = claim.log();
        group.wants(log.durability());
        group.batch()
                .put(group.family(Family.LOGS), Keys.name(log.name()), log.row().bytes());
    }

    @Override
    public void publish(TailBudget tails) {
        // Nothing changes for those who look.
    }

    @Override
    public void done(Durability reached) {
        result().complete(claim);
    }
}
