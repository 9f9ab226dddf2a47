package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for the committer. An interrupt does not end the wait, because the committer always answers; the flag stays set. */
final class Outcome {
    private Outcome() {}

    static <T> T of(WriteQueue queue, Request request, CompletableFuture<T> result) {
        queue.add(request);
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FairleadException failure) {
                throw new FairleadException(failure.code(), String.valueOf(failure.getMessage()), failure);
            }
            throw new FairleadException(ErrorCode.INTERNAL, "a write ended in an unforeseen way: " + e.getCause(), e);
        }
    }
}
