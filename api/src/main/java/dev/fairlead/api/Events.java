package dev.fairlead.api;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * A log of events: what happened, key by key, in order.
 *
 * <p>Safe for many threads. Only the owner appends; the owner and the services that declare a need of the item read and follow.
 * An append that fails left nothing in the log, except for {@link ErrorCode#OUTCOME_UNKNOWN}.
 */
public interface Events<K, E> {
    /**
     * Appends the event as the newest of its key and waits until it has the durability that the plan asks for.
     *
     * @throws FairleadException with {@link ErrorCode#PLAN} when this service does not own the item, with
     *     {@link ErrorCode#FENCED} when another instance has taken it over
     */
    Receipt append(K key, E event);

    /**
     * Appends the event only if the key has the expected version at that moment; of several writers with the same expectation one
     * wins, and the others get {@link ErrorCode#VERSION_CONFLICT} and wrote nothing. The message tells the version found.
     */
    Receipt append(K key, E event, Expected version);

    /**
     * Admits the event and returns at once; the future completes as {@link #append(Object, Object)} would return or throw, on a
     * thread of the mechanism's: what depends on it must not block. Calls of one thread are admitted in their order.
     */
    CompletableFuture<Receipt> appendAsync(K key, E event);

    /**
     * Takes the log over anew, also from another instance that has fenced this one off, and reads from it what was appended meanwhile; it takes as
     * long as that. It is for an instance to which writers have come back. Only the owner may.
     */
    void takeOver();

    /**
     * Erases the key: nothing of its events is to be found afterwards, in the log and in what the following groups have parked.
     *
     * <p>Appends a record that tells it to the followers, then takes the content of all earlier events of the key out of the log, out
     * of its files too, and returns when this is done; it takes as long as reading and rewriting the log. Positions, the versions of
     * the key and all other events stay as they are; the places of erased events are passed over by pages, followers and replays. A
     * group drops what it has parked of the key and calls its {@link Erasing}; one that is not followed does so when it is back.
     * The key itself stays, as the name of what was erased. If the owner fails or is killed in the middle, the erasure is finished
     * at the next append, erasure or {@link #erasures}.
     *
     * <p>Of an item with an outbox the events that wait there are erased as well, in the owner's database, and its relay does the rest,
     * in whichever instance it runs: the call waits for it. If it cannot go on, the erasure is finished as soon as it can.
     *
     * @throws FairleadException before anything is written: with {@link ErrorCode#CAPABILITY} when the mechanism cannot erase, or the
     *     item has an outbox that is not open here, whose rows would bring the content back; with {@link ErrorCode#PLAN} when this
     *     service does not own the item. After the erasure was written down in the outbox: with {@link ErrorCode#UNREACHABLE} when the
     *     relay does not get on, with {@link ErrorCode#CLOSED} when the outbox was closed meanwhile
     */
    Erasure erase(K key);

    /** The last erasure of every key that was erased, the oldest first, each as it stands now. Only the owner may ask. */
    List<Erasure> erasures();

    /** Before the oldest event that the log still holds. */
    Cursor oldest();

    /** Behind the newest event. */
    Cursor newest();

    /** Before the first event of this time or later, found in about twenty reads however long the log is. */
    Cursor since(Instant time);

    /**
     * The events behind the cursor, the oldest first.
     *
     * <p>What retention took away is passed over. Never waits for events to come.
     *
     * @param max how many at most, 1 to 10,000
     * @throws FairleadException with {@link ErrorCode#BAD_VALUE} when the cursor is malformed or of another item
     */
    Page<K, E> read(Cursor cursor, int max);

    /** The events before the cursor, the newest first; otherwise as {@link #read}. */
    Page<K, E> readBack(Cursor cursor, int max);

    /**
     * The events of one key behind the cursor, the oldest first.
     *
     * <p>The log is not indexed by key: one call looks at no more than 20,000 records of any key, so that its page may be empty
     * although there are more. Go on with {@link Page#next} until it stays the same.
     */
    Page<K, E> history(K key, Cursor cursor, int max);

    /**
     * Follows the log as the group, with the failure policy of the plan's {@code when-failing}, or the {@link FailurePolicy#usual usual}
     * one; see {@link #follow(String, Handler, FailurePolicy)}.
     */
    Following<K, E> follow(String group, Handler<K, E> handler);

    /** Follows as {@link #follow(String, Handler)} does, and erases what the handler has made of a key that is erased. */
    Following<K, E> follow(String group, Handler<K, E> handler, Erasing<K> erasing);

    /**
     * Hands each event to the handler, at least once, those of one key one after the other in their order.
     *
     * <p>A group belongs to this service; groups of other services may have the same name. A new group begins with the oldest event
     * there is; a known one behind the last event up to which it is done. In one process a group has one follower: a second one
     * gets {@link ErrorCode#GROUP_TAKEN}, until the first is closed. Across processes the newest follower takes the group over
     * as soon as the older one has to park.
     *
     * @param group {@code [a-z][a-z0-9-]*}, at most 48 characters
     * @param policy of this group; the plan's is for all others of this service
     */
    Following<K, E> follow(String group, Handler<K, E> handler, FailurePolicy policy);

    /** Follows as {@link #follow(String, Handler, FailurePolicy)} does, and erases what the handler has made of a key that is erased. */
    Following<K, E> follow(String group, Handler<K, E> handler, FailurePolicy policy, Erasing<K> erasing);

    /** Opens the item's outbox with the usual settings; see {@link #outbox(DataSource, OutboxSettings)}. */
    Outbox<K, E> outbox(DataSource database);

    /**
     * Opens the item's outbox in the owner's own database, PostgreSQL or H2, and starts its relay, which takes the item over
     * whenever it becomes the one of all instances that relays. An item has one outbox in a service at a time.
     *
     * @throws FairleadException with {@link ErrorCode#PLAN} when this service does not own the item, with
     *     {@link ErrorCode#CAPABILITY} when the database is of another kind, with {@link ErrorCode#DATABASE} when the tables are
     *     missing or have other columns
     */
    Outbox<K, E> outbox(DataSource database, OutboxSettings settings);
}
