package dev.fairlead.api;

/**
 * A reader's way to a state item without a copy: each read asks the owner's table for one key.
 *
 * <p>Safe for many threads. Holds no data; what is read has the fields of this reader's {@code uses} and no others. Needs no handler of
 * the owner's, and works while the owner is down, as far as the mechanism's store is up.
 */
public interface Lookup<K, V> {
    /**
     * The newest value that the owner committed, {@link Reading.Fresh} with age zero at the moment of the read, or
     * {@link Reading.Absent}; never another reading. Blocks while the mechanism is asked.
     *
     * @throws FairleadException with UNREACHABLE, STORAGE_DAMAGED or CLOSED when the table cannot tell
     */
    Reading<V> read(K key);
}
