package dev.fairlead.mechanisms.embedded;

import java.util.List;
import org.rocksdb.RocksDBException;

/** Puts blocks without a key's content in the place of those with it, and lets go of what is in memory. */
final class EraseRequest extends PlainRequest {
    private final Claim claim;
    private final List<Block> blocks;
    private final long below;

    /**
     * @param blocks what takes the place of the blocks that account for the same offsets
     * @param below nothing from this offset on was erased
     */
    EraseRequest(Claim claim, List<Block> blocks, long below) {
        this.claim = claim;
        this.blocks = List.copyOf(blocks);
        this.below = below;
    }

    @Override
    public long bytes() {
        return blocks.stream()
                .mapToLong(block -> Keys.BLOCK + block.bytes().length)
                .sum();
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
        claim.checkEpoch();
        for (Block block : blocks) {
            group.batch()
                    .put(group.family(Family.BLOCKS), Keys.block(claim.log().id(), block.from()), block.bytes());
        }
    }

    @Override
    public void publish(TailBudget tails) {
        tails.releaseBelow(claim.log(), below);
        claim.log().erased();
    }
}
