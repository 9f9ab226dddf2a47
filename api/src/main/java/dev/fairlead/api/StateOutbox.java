package dev.fairlead.api;

import java.sql.Connection;

/**
 * A place in the owner's own database for changes of its state item that are to be published, so that they are stored in the
 * transaction that they tell about: both are committed, or neither.
 *
 * <p>A relay moves committed changes to the item's log: those of one key in the order in which their transactions held the key, each at
 * least once, and once as long as neither the log nor the database is set back. Several instances may open the outbox of an item; one of
 * them relays at a time. Safe for many threads, each with a connection of its own.
 */
public interface StateOutbox<K, V> extends AutoCloseable {
    /**
     * Writes the value as the newest of its key in the transaction that is open on the connection. It is published after the commit,
     * and never when the transaction is rolled back. From this call to the end of the transaction no other transaction can change the
     * key here; transactions that change many keys do so in one order, or one of two that wait for each other is ended by the database.
     *
     * <p>After a failure the caller rolls the transaction back.
     *
     * @throws FairleadException with {@link ErrorCode#TRANSACTION} when the connection is closed or commits each statement by
     *     itself, with {@link ErrorCode#BAD_VALUE} for a key or value beyond the limits, with {@link ErrorCode#STORAGE_FULL} when the
     *     outbox holds as many changes as {@link OutboxSettings#limit} allows, with {@link ErrorCode#DATABASE} when the database
     *     refuses it
     */
    void put(Connection transaction, V value);

    /** Removes the key, otherwise as {@link #put}. */
    void remove(Connection transaction, K key);

    /** Lets the relay look at once, to be called after a commit: a hint that saves waiting for {@link OutboxSettings#poll}. Never blocks. */
    void wake();

    /** How full the outbox is, asked of the database, and what this instance has done. */
    OutboxStatistics statistics();

    /** Ends the relay of this instance; what is not published stays, for another instance or the next start. Safe to call twice. */
    @Override
    void close();
}
