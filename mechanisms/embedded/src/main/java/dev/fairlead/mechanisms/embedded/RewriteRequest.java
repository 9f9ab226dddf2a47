package dev.fairlead.mechanisms.embedded;

import java.util.List;
import org.rocksdb.RocksDBException;

/** Replaces a run of a log's blocks by fewer and smaller ones that account for the same offsets. */
final class RewriteRequest extends PlainRequest {
    private final OpenLog log;
    private final List<Long> gone;
    private final List<Block> blocks;
    private final long until;
    private final long kept;
    private LogRow row;

    /**
     * @param gone where the blocks of the run begin
     * @param blocks what takes their place
     * @param until where the run ends
     * @param kept how many records are left in the compacted part
     */
    RewriteRequest(OpenLog log, List<Long> gone, List<Block> blocks, long until, long kept) {
        this.log = log;
        this.gone = List.copyOf(gone);
        this.blocks = List.copyOf(blocks);
        this.until = until;
        this.kept = kept;
        this.row = log.row();
    }

    @Override
    public long bytes() {
        return Keys.BLOCK * (long) gone.size()
                + blocks.stream().mapToLong(block -> block.bytes().length).sum();
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
        log.compactingBelow(until);
        row = log.row().compacted(until, kept);
        for (long from : gone) {
            group.batch().delete(group.family(Family.BLOCKS), Keys.block(log.id(), from));
        }
        for (Block block : blocks) {
            group.batch().put(group.family(Family.BLOCKS), Keys.block(log.id(), block.from()), block.bytes());
        }
        group.batch().put(group.family(Family.LOGS), Keys.name(log.name()), row.bytes());
    }

    @Override
    public void publish(TailBudget tails) {
        log.row(row);
        tails.releaseBelow(log, until);
    }
}
