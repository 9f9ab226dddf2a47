package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waiting for what was begun; everything that is waited for here ends by itself in time. */
final class Futures {
    private Futures() {}

    /** The outcome; an interrupt does not break the wait off. */
    static <T> T outcome(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FairleadException known) {
                throw new FairleadException(known.code(), String.valueOf(known.getMessage()), known);
            }
            throw new FairleadException(ErrorCode.INTERNAL, "a step failed unexpectedly: " + e.getCause(), e);
        }
    }
}
