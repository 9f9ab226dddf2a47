package dev.fairlead.api;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A reader's local, always current view of a state item, which knows its own quality.
 *
 * <p>Holds every key in memory, with the fields of this reader's {@code uses} and no others. Reads never block, never leave
 * the process and may come from any thread. Records are applied by one thread, in the order of the log, idempotently by key
 * and version: duplicates and older versions change nothing and are counted in {@link #statistics()}.
 */
public interface Copy<K, V> {
    /** The value of the key as this copy has it now, and how good it is. */
    Reading<V> read(K key);

    /**
     * The value of the key, or what the plan's {@code when-stale} says when the copy cannot vouch for it.
     *
     * <p>A reading that is {@link Reading.Fresh} or {@link Reading.Absent} comes as {@link #read(Object)} gives it. Else {@code serve},
     * and a plan that says nothing, give the reading all the same, stale with its age; {@code refuse} fails with
     * {@link ErrorCode#STALE}; {@code ask-owner} asks the owner's table, which blocks, and fails as {@link Lookup#read} does.
     */
    Reading<V> get(K key);

    /**
     * The value of the key at the version of the receipt or a newer one.
     *
     * <p>Waits up to {@code wait} for the copy to get there; then asks the owner's table if the mechanism offers one; else
     * fails with {@link ErrorCode#DEADLINE}. The receipt must be of this item and key.
     */
    Reading<V> read(K key, Receipt atLeast, Duration wait);

    /** How good the copy is now. */
    Health health();

    /** All values of one moment. Applying waits while the values are gathered, about 20 ms for a million keys. */
    Snapshot<K, V> snapshot();

    /**
     * Calls the listener with each change, in order, beginning with the next one.
     *
     * <p>Without {@code conflate} in the plan every change is delivered, on the applying thread: a slow listener makes this copy
     * late, and its health says so. With {@code conflate} the listener has a thread of its own and gets at most one change per
     * key and interval, the latest, with the number of changes that it stands for. What a listener throws is logged and
     * counted, and ends nothing.
     */
    Subscription listen(Consumer<Change<K, V>> listener);

    /** Calls the listener with each change of the copy's health, on a thread of the copy's; it must be quick. */
    Subscription listenHealth(Consumer<Health> listener);

    /** Blocks until the copy is {@link HealthState#LIVE}; fails with {@link ErrorCode#DEADLINE} after {@code wait}. */
    void awaitLive(Duration wait);

    /** The fingerprint of what the copy holds; equal to the owner's when both have applied the same sequence. */
    Digest digest();

    /** What the copy has counted since it opened. */
    CopyStatistics statistics();
}
