package dev.fairlead.spi;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Messages from many publishers, each for all subscriptions that there are: fan-out without history. Declared by
 * {@link Capability#TOPIC}, and without it refused with CAPABILITY.
 *
 * <p>A topic's name is an item's id, {@code [a-z][a-z0-9.-]*}, at most 100 characters. It needs no definition: it is there as soon as somebody
 * publishes or subscribes. Topics have names of their own beside queues and logs. Safe for many threads.
 *
 * <p>A subscription gets what is published after it was opened. The messages of one publishing mechanism reach it in the order in which
 * they were published; while the connection or the server fails, some may be lost, or come twice, and none is ever changed.
 */
public interface Topic {
    /** The most messages that one poll may ask for. */
    int MAX_POLL = 1024;

    /**
     * What an item of state has where it is carried over a topic, by questions to its owner, and by a log of the owner's own: all that
     * copies and lookups need.
     */
    static Set<Capability> state() {
        return EnumSet.of(
                Capability.KEY_ORDER,
                Capability.REPLAY,
                Capability.LATEST_PER_KEY,
                Capability.LOOKUP,
                Capability.FENCING,
                Capability.HEARTBEAT);
    }

    /**
     * Publishes. The future completes when the server has the message, on a thread of the mechanism's: what depends on it must not block.
     * Blocks while the mechanism holds as much unsent data as it allows.
     *
     * <p>Fails with BAD_VALUE for a message beyond the limits, with STORAGE_FULL, UNREACHABLE or CLOSED when nothing was published, and with
     * OUTCOME_UNKNOWN when nobody can tell. Without any subscription it is published to nobody, and that is no failure.
     */
    CompletableFuture<?> publish(String topic, Question message);

    /**
     * Opens a subscription that ends with its close, with the connection, or with the server. When this returns, the server knows it.
     * After a failure it is opened again by itself, and what was published meanwhile is lost to it.
     */
    TopicSubscription subscribe(String topic);

    /**
     * Opens a durable subscription: from the first opening on, the server keeps for it what is published, as durably as the mechanism keeps
     * anything, until {@link #unsubscribe}. One opening reads it at a time; another fails with UNREACHABLE meanwhile.
     *
     * @param name who subscribes, unique within the topic; written like an item's id
     */
    TopicSubscription subscribe(String topic, String name);

    /** Ends a durable subscription for good, with all that is kept for it; nobody may have it open. Nothing happens where there is none. */
    void unsubscribe(String topic, String name);
}
