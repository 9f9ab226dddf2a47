package dev.fairlead.api;

/**
 * The place of a record in its item's log.
 *
 * <p>Positions of one partition grow in the order of the writes; those of different partitions cannot be compared.
 *
 * @param partition from 0
 * @param offset from 0; grows with every record of the partition
 */
public record Position(int partition, long offset) {
    public Position {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("a position is never negative: " + partition + ":" + offset);
        }
    }

    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}
