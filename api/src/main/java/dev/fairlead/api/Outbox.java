package dev.fairlead.api;

import java.sql.Connection;
import java.util.List;
import java.util.Map;

/**
 * A place in the application's own database for events that are to be published, so that they are stored in the transaction that
 * they tell about: both are committed, or neither.
 *
 * <p>A relay moves committed events to the item's log: each at least once, and once as long as neither the log nor the database is
 * set back; those of one key in the order in which their transactions held the key. Several instances may open the outbox of an item; one of them relays at a time.
 * Safe for many threads, each with a connection of its own.
 */
public interface Outbox<K, E> extends AutoCloseable {
    /**
     * Writes the event in the transaction that is open on the connection. It is published after the commit, and never when the
     * transaction is rolled back. From this call to the end of the transaction no other transaction can write an event of the key.
     *
     * <p>After a failure the caller rolls the transaction back.
     *
     * @throws FairleadException with {@link ErrorCode#TRANSACTION} when the connection is closed or commits each statement by
     *     itself, with {@link ErrorCode#BAD_VALUE} for a key or event beyond the limits, with {@link ErrorCode#STORAGE_FULL} when
     *     the outbox holds as many events as {@link OutboxSettings#limit} allows, with {@link ErrorCode#DATABASE} when the
     *     database refuses it
     */
    void append(Connection transaction, K key, E event);

    /**
     * Writes events of many keys, as {@link #append(Connection, Object, Object)} does one, locking the keys in a fixed order: of transactions
     * that write all their events by one such call each, no two wait for each other. The events of one key keep their order.
     */
    void append(Connection transaction, List<? extends Map.Entry<K, ? extends E>> events);

    /** Lets the relay look at once, to be called after a commit: a hint that saves waiting for {@link OutboxSettings#poll}. Never blocks. */
    void wake();

    /** How full the outbox is, asked of the database, and what this instance has done. */
    OutboxStatistics statistics();

    /** Ends the relay of this instance; what is not published stays, for another instance or the next start. Safe to call twice. */
    @Override
    void close();
}
