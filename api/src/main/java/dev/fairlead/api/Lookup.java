package dev.fairlead.api;

import java.util.Map;

/**
 * A reader's way to a state item without a copy: a read asks the owner's table for one key, a search for the keys
 * whose values fit.
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

    /**
     * The newest values that have all these values in their fields, in the order of their keys' bytes: the first page. Always asks, and
     * finds each value as {@link #read} would read it at that moment. Blocks while the mechanism is asked.
     *
     * <p>The fields are those that this service's need names under {@code by}. A value is given as the field has it in Java, or as text
     * the way the plan's type is written; {@code 2.50} and {@code 2.5} of a decimal are equal, and texts only when every character is.
     *
     * @param fields by their names in the plan, one at least
     * @param most how many, 1 at least; a page may have fewer although there are more
     * @throws FairleadException with PLAN for a field that the need does not name under {@code by}, and where the plan gives this service a
     *     copy; with BAD_VALUE for what cannot be a value of the field; with CAPABILITY when the mechanism finds by key only; else as
     *     {@link #read}, and with UNREACHABLE also while a field that is new in the plan is filled in
     */
    Found<K, V> find(Map<String, ?> fields, int most);

    /** The page behind a key; of what changes between two pages, either state is found. */
    Found<K, V> find(Map<String, ?> fields, int most, K after);

    /** What this lookup has counted. */
    LookupStatistics statistics();
}
