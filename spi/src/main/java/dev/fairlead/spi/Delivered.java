package dev.fairlead.spi;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A message in the hands of one receiver, until one of the three calls here succeeds, or the lease is over. Safe for many threads.
 *
 * <p>Each of the calls fails with FENCED, and changes nothing, when the lease is over or another of them came first: the message may be with
 * another receiver then. It fails with CLOSED when the mechanism was closed, with OUTCOME_UNKNOWN or another code when it could not be
 * written; the message then comes again when the lease is over, unless the call had an effect after all. The futures complete on a
 * thread of the mechanism's, so that what depends on them must not block.
 */
public interface Delivered {
    /** The longest error that is kept with a dead letter, in characters. */
    int MAX_ERROR = 1000;

    /** The message as it was sent. */
    Question message();

    /**
     * How often the message was handed out since it was sent or sent again, this time included. A hand-out is counted before the
     * receiver sees the message, so that it counts as well when the process is killed over it (D1). Where a broker keeps the count, one that
     * ended with a kill may be missing, which the mechanism's page tells.
     */
    int attempt();

    /**
     * Removes the message: it never comes again after the future has completed, not after a kill either. After a power loss it may, as the one
     * thing that a queue at D2 does not keep.
     */
    CompletableFuture<Void> acknowledge();

    /**
     * Gives the message back, to be handed out again to any receiver.
     *
     * @param delay for which it is not handed out; not negative, at most {@link Queue#LONGEST}, else the call fails with BAD_VALUE
     */
    CompletableFuture<Void> giveBack(Duration delay);

    /**
     * Gives the message back as if it had not been handed out, for a receiver that ends: the {@link #attempt} is not counted. A mechanism that
     * cannot take a count back counts it, as {@link #giveBack} does; the conformance suite is told which it is.
     */
    default CompletableFuture<Void> handBack() {
        return giveBack(Duration.ZERO);
    }

    /**
     * Sets the message aside as the newest of the {@link DeadLetters}, in one step: at any time, also after a kill in the middle, it
     * is either still in the queue or a dead letter.
     *
     * @param error why; cut to {@link #MAX_ERROR} characters
     */
    CompletableFuture<Void> setAside(String error);
}
