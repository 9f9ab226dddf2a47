package dev.fairlead.api;

import java.util.List;

/**
 * An owner's running handler of what an item is told, and the dead letters of the item.
 *
 * <p>What fails for good is set aside: kept durably, with the error, as a dead letter. All instances of the owner see the same dead letters,
 * and a restart changes nothing of that. Safe for many threads; after close every call fails with {@link ErrorCode#CLOSED}.
 */
public interface Handling<Q> extends AutoCloseable {
    /** How much waits, and what this handler has counted. */
    TellStatistics statistics();

    /**
     * The dead letters behind the number, the oldest first; none only at the end.
     *
     * @param after {@link DeadTell#number} of the last one seen, or -1
     * @param most from 1 to 1,000; fewer come when they are large
     */
    List<DeadTell> deadLetters(long after, int most);

    /**
     * What was told in a dead letter, to look at it.
     *
     * @throws FairleadException with {@link ErrorCode#BAD_VALUE} when it is not there, or cannot be read for the reason it was set
     *     aside for
     */
    Q inspect(long number);

    /**
     * Sends all dead letters that are there now again, in their order, with no attempt counted. One that fails for good becomes a new dead
     * letter.
     *
     * @return how many were sent again
     */
    int redrive();

    /** Sends this one again; returns 0 when it is not there, else 1. */
    int redrive(long number);

    /**
     * Drops a dead letter for good; the reason is kept.
     *
     * @throws FairleadException with {@link ErrorCode#BAD_VALUE} when it is not there, or the reason is blank or longer than
     *     1,000 characters
     */
    void dismiss(long number, String reason);

    /**
     * Erases what was told under the key: what waits, what is kept for later, what a handler has in hand, and dead letters; what was
     * handled before goes from the files of the mechanism as well. The key is the text of the field that the plan names with
     * {@code key}.
     *
     * <p>A handler that is busy with it goes on to its end, and what it does is not undone. What is told meanwhile may stay. After a
     * failure or a kill, call it again. Senders and handlers may wait meanwhile.
     *
     * @return how many messages
     * @throws FairleadException with {@link ErrorCode#PLAN} when the plan names no key, with {@link ErrorCode#CAPABILITY} when the
     *     mechanism cannot erase messages; with {@link ErrorCode#BAD_VALUE} after it has erased, when there are messages that cannot be
     *     read, so that nobody can say whether they are about the key
     */
    long erase(String key);

    /**
     * Ends the handler: nothing more comes, one that is busy is interrupted, and what it had in hand comes again. Safe to call twice.
     */
    @Override
    void close();
}
