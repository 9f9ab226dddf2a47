package dev.fairlead.spi;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Messages from many senders, each for one of many competing receivers. Declared by {@link Capability#QUEUE}, and without it refused
 * with CAPABILITY.
 *
 * <p>A queue's name is an item's id, {@code [a-z][a-z0-9.-]*}, at most 100 characters; a call on a queue that is not defined fails with
 * PLAN. Queues and logs have names of their own. Safe for many threads.
 *
 * <p>A message is kept from the acknowledgement of its sending until it is acknowledged, or dismissed from the dead letters. It is handed out
 * at least once, and to one receiver at a time: the next gets it when it was given back, its lease is over, or the mechanism of its
 * receiver was closed. Across competing receivers no order is promised; a single receiver that gives nothing back gets the messages of one
 * sender in the order in which they were sent.
 */
public interface Queue {
    /** The most messages that one poll may ask for. */
    int MAX_POLL = 1024;

    /** The longest lease, and the longest delay of what is given back. */
    Duration LONGEST = Duration.ofDays(7);

    /** How far away a moment may be before which a message is not handed out. */
    Duration FARTHEST = Duration.ofDays(3660);

    /**
     * Creates the queue, or finds it as it is; an existing one takes over the durability.
     *
     * @throws dev.fairlead.api.FairleadException with CAPABILITY when the definition asks for more than the mechanism declares
     */
    void define(QueueDefinition definition);

    /**
     * Sends a message. The future completes when it is durable as the queue's definition asks, on a thread of the mechanism's: what
     * depends on it must not block. Blocks while the mechanism holds as much unwritten data as it allows.
     *
     * <p>Fails with BAD_VALUE for a message beyond the limits, with PLAN, STORAGE_FULL, STORAGE_DAMAGED, UNREACHABLE or CLOSED when nothing was
     * sent, and with OUTCOME_UNKNOWN when nobody can tell.
     */
    CompletableFuture<Sent> send(String queue, Question message);

    /**
     * Sends a message that is not handed out before the moment, by the mechanism's wall clock, and soon after it; at once when the moment
     * has passed. Declared by {@link Capability#SCHEDULE}, and without it fails with CAPABILITY.
     *
     * <p>Fails as {@link #send(String, Question)} does, and with BAD_VALUE for a moment farther away than {@link #FARTHEST}.
     */
    CompletableFuture<Sent> send(String queue, Question message, Instant notBefore);

    /**
     * Opens a receiver beside those that the queue has.
     *
     * @param lease how long it may hold a message, counted by {@link TimeSource#nanos} from the moment it gets it; more than nothing, at
     *     most {@link #LONGEST}
     */
    QueueReceiver receive(String queue, Duration lease);

    /** Whether {@link Delivered#handBack} counts the attempt, because the mechanism cannot take a count back. */
    default boolean countsHandBack() {
        return true;
    }

    /**
     * How many messages the queue holds now. A message whose moment comes meanwhile may be counted twice, as one for later and as one that
     * waits, but not at neither place; one that is settled meanwhile may be.
     */
    QueueDepth depth(String queue);

    /** What receivers have set aside. */
    DeadLetters deadLetters(String queue);

    /**
     * Takes the messages that fit out of the queue for good: those that wait, those kept for later, those that receivers hold, whose
     * settlement then fails with FENCED, and the dead letters. When the call returns, none of the mechanism's files holds them, nor
     * messages that were settled before. What is sent meanwhile may stay. After a failure or a kill some may be gone, and a repeated call
     * finishes the work. Takes time in proportion to the queue, and senders and receivers may wait meanwhile. Declared by
     * {@link Capability#ERASE_MESSAGES}, and without it fails with CAPABILITY.
     *
     * @param which is called on a thread of the mechanism's, and must neither block nor fail
     * @return how many messages
     */
    default long erase(String queue, Predicate<Question> which) {
        throw new FairleadException(
                ErrorCode.CAPABILITY,
                "the messages of " + queue
                        + " cannot be erased by this mechanism (dismiss them, or choose another one)");
    }
}
