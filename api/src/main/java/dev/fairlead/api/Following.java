package dev.fairlead.api;

import java.util.List;
import java.util.Optional;

/**
 * A group that follows a log of events, with what it could not handle.
 *
 * <p>When an event fails for good, it is parked: kept durably, with the error, in a log of the group's. Later events of its key
 * queue behind it in their order; all other keys go on. A restart changes nothing of that. Safe for many threads; after close
 * every call fails with {@link ErrorCode#CLOSED}, except {@link #status} and {@link #inbox}.
 *
 * <p>Of the instances of a service one at a time follows a group, the one that began last. The one before notices within about a second
 * and stands by: it fails every call but {@link #status} and {@link #inbox} with {@link ErrorCode#FENCED}. What it has in hand at that moment may be handled twice, as after a kill. When the other
 * one has not been heard for 10 seconds, one that stands by follows again; on a mechanism without heartbeats none does.
 */
public interface Following<K, E> extends AutoCloseable {
    /** How far the group is. */
    FollowStatus status();

    /** How full its inbox is; empty when the handler is not transactional. Asks no database, and never fails. */
    Optional<InboxStatistics> inbox();

    /** The parked keys, each with its events in their order; at most the first 1,000 events of a key are listed. */
    List<ParkedKey> parked();

    /**
     * The parked event itself, to look at it.
     *
     * @throws FairleadException with {@link ErrorCode#BAD_VALUE} when it is not parked, or cannot be read for the reason it was
     *     parked for
     */
    EventRecord<K, E> inspect(K key, Position position);

    /**
     * Sends the parked events of the key again, in their order, in the background; later ones wait behind them. The first that
     * fails for good stays parked with its new error, and so do those behind it. It is durable when this returns: a restart goes
     * on with it.
     *
     * @return how many events are parked under the key at that moment; 0 when the key is not parked
     */
    int redrive(K key);

    /**
     * Drops the first parked event of the key for good; the reason is kept in the group's log until its place is used again. Those behind it stay parked until
     * they are sent again.
     *
     * @throws FairleadException with {@link ErrorCode#BAD_VALUE} when the key is not parked, is being sent again, or the reason is
     *     blank or longer than 1,000 characters
     */
    void dismiss(K key, String reason);

    /**
     * Runs the group again from a position up to where it is when the replay begins, which is as soon as nothing is in hand: a projection is called once more for each event, an effect is
     * not. Other groups notice nothing, and {@link FollowStatus#replay} shows the progress. New events queue behind it. A
     * restart ends it, and the group goes on where it was. Parked events are not replayed.
     *
     * @throws FairleadException with {@link ErrorCode#BAD_VALUE} when a replay is under way
     */
    void replay(Position from);

    /** Ends the group here: a handler that is busy is interrupted, and its event comes again next time. Safe to call twice. */
    @Override
    void close();
}
