package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import org.rocksdb.RocksDBException;

/** Notes how far a reader group has come. */
final class PositionRequest extends PlainRequest {
    private static final int BYTES = 512;

    private final OpenLog log;
    private final String group;
    private final long offset;

    PositionRequest(OpenLog log, String group, long offset) {
        this.log = log;
        this.group = group;
        this.offset = offset;
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    @Override
    public boolean small() {
        return true;
    }

    @Override
    public void prepare(CommitGroup commits) throws RocksDBException {
        long noted = commits.position(log, group);
        if (offset < noted) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "log " + log.name() + ": group " + group + " is at " + noted + " and does not go back to "
                            + offset);
        }
        commits.wants(log.durability());
        commits.putPosition(log, group, offset);
    }

    @Override
    public void publish(TailBudget tails) {
        log.positions().merge(group, offset, Math::max);
    }
}
