package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import org.rocksdb.RocksDBException;

/** Gives a log to a new writer. */
final class ClaimRequest extends AnsweredRequest<Claim> {
    private static final int BYTES = 512;

    private final OpenLog log;
    private final String owner;
    private LogRow row;

    ClaimRequest(OpenLog log, String owner) {
        this.log = log;
        this.owner = owner;
        this.row = log.row();
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
        row = log.row().claimed(owner);
        group.wants(log.durability());
        group.batch().put(group.family(Family.LOGS), Keys.name(log.name()), row.bytes());
    }

    @Override
    public void publish(TailBudget tails) {
        log.row(row);
    }

    @Override
    public void done(Durability reached) {
        result().complete(new Claim(log, row.epoch()));
    }
}
