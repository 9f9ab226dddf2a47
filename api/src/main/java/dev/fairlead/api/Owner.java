package dev.fairlead.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The writing side of a state item, held by the one service that owns it.
 *
 * <p>Safe for many threads; the versions and the order of one key's writes are those in which the calls were admitted. A
 * blocking call returns when the record has the durability that the plan asks for. While it waits it may share one disk
 * flush with other writers. If another instance of the service takes the item over, every later call fails with
 * {@link ErrorCode#FENCED}. A failed write left nothing in the log, except for {@link ErrorCode#OUTCOME_UNKNOWN}.
 */
public interface Owner<K, V> {
    /** Writes the value as the newest of its key and waits for the receipt. */
    Receipt put(V value);

    /** Writes the values in their order, as one batch, and waits; the receipts come in the same order. */
    List<Receipt> putAll(List<V> values);

    /** Removes the key and waits; a key that is not there gets a removal all the same, so that every copy agrees. */
    Receipt remove(K key);

    /**
     * Admits the value and returns at once; the future completes as {@link #put} would return or throw.
     *
     * <p>Blocks only while too many writes are under way. Calls of one thread are admitted in their order.
     */
    CompletableFuture<Receipt> putAsync(V value);

    /** The fingerprint of all admitted and acknowledged values, to compare with a copy's. */
    Digest digest();

    /** How many keys have a value. */
    long size();

    /** The number of this ownership; it grows with each take-over of the item. */
    long epoch();
}
