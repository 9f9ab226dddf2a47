package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.documents.RequestDocument;
import dev.fairlead.spi.Delivered;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Something told, in the hands of one who took it, until it is settled or the lease is over. Safe for many threads.
 *
 * <p>The settling calls block until it is written. Each fails with FENCED, and changes nothing, when the lease is over or another of them came
 * first; with another code when it could not be written, and then the message comes again.
 */
public final class LeasedTell {
    private final FailurePolicy policy;
    private final Delivered delivered;
    private final ToldItem<RequestDocument> told;

    LeasedTell(TellPlan plan, Delivered delivered, ToldItem<RequestDocument> told) {
        this.policy = plan.whenFailing();
        this.delivered = delivered;
        this.told = told;
    }

    /** The same for every attempt. */
    public UUID key() {
        return told.key();
    }

    /** From 1; counts each time that it was taken. */
    public int attempt() {
        return told.attempt();
    }

    /** What was told, as its codec has it; not to be changed. */
    public byte[] question() {
        return told.question().content();
    }

    /** It is handled, and does not come again. */
    public void acknowledge() {
        settle(delivered.acknowledge());
    }

    /**
     * This attempt has failed: it comes again after the delay, or after what the plan's {@code when-failing} says; after its last attempt it
     * becomes a dead letter.
     */
    public void giveBack(Optional<Duration> delay) {
        settle(
                attempt() < policy.attempts()
                        ? delivered.giveBack(delay.orElseGet(() -> policy.delayAfter(attempt())))
                        : delivered.setAside("given back " + policy.attempts() + " times"));
    }

    /** It becomes a dead letter. */
    public void setAside(String error) {
        settle(delivered.setAside(error));
    }

    private static void settle(CompletableFuture<Void> settlement) {
        try {
            settlement.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known
                    ? new FairleadException(known.code(), String.valueOf(known.getMessage()), known)
                    : new FairleadException(ErrorCode.INTERNAL, "the mechanism failed to settle a message", e);
        }
    }
}
