package dev.fairlead.api;

/**
 * A reader's way to a state item without a copy: a read asks the owner's table for one key.
 *
 * <p>Where the plan allows an age ({@code within}, more than 0 s), what was read is kept for that long and read again from here, at most
 * 10,000 keys, those least used going first. The item's feed drops a key as soon as it tells of a change, usually within milliseconds; the age
 * holds even when no feed comes. Where the plan says {@code within: 0s}, or nothing, each read asks.
 *
 * <p>Safe for many threads. What is read has the fields of this reader's {@code uses} and no others. Needs no handler of the owner's, and
 * works while the owner is down, as far as the mechanism's store is up.
 */
public interface Lookup<K, V> {
    /**
     * The newest value that the owner had committed at most so long ago as the plan allows, {@link Reading.Fresh}, or
     * {@link Reading.Absent}; never another reading. Blocks while the mechanism is asked.
     *
     * @throws FairleadException with UNREACHABLE, STORAGE_DAMAGED or CLOSED when the table cannot tell
     */
    Reading<V> read(K key);

    /** What this lookup has counted. */
    LookupStatistics statistics();
}
