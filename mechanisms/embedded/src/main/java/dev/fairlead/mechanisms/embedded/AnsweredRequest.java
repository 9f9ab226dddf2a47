package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;

/** A request whose caller waits for one answer. */
abstract sealed class AnsweredRequest<T> implements Request
        permits PlainRequest, ClaimRequest, ContinueClaimRequest, QueueRequest {
    private final CompletableFuture<T> result;

    AnsweredRequest() {
        this(new CompletableFuture<>());
    }

    AnsweredRequest(CompletableFuture<T> result) {
        this.result = result;
    }

    final CompletableFuture<T> result() {
        return result;
    }

    @Override
    public void failed(FairleadException failure) {
        result.completeExceptionally(failure);
    }
}
