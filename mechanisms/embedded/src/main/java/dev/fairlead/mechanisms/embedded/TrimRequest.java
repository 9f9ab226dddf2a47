package dev.fairlead.mechanisms.embedded;

import org.rocksdb.RocksDBException;

/** Takes away the records of a log below an offset. */
final class TrimRequest extends PlainRequest {
    private static final int BYTES = 512;

    private final OpenLog log;
    private final long start;
    private LogRow row;

    TrimRequest(OpenLog log, long start) {
        this.log = log;
        this.start = start;
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
}
