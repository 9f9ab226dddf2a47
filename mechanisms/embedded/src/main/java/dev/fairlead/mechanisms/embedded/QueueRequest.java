package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;

/** A change of one queue. All but sendings are small, so that a full volume does not keep messages from being handled. */
abstract sealed class QueueRequest<T> implements Request
        permits SendRequest,
                HandOutRequest,
                SettleRequest,
                PromoteRequest,
                RedriveRequest,
                DismissRequest,
                EraseMessagesRequest {
    private static final int BYTES = 256;

    private final OpenQueue queue;
    private final CompletableFuture<T> result;

    QueueRequest(OpenQueue queue) {
        this(queue, new CompletableFuture<>());
    }

    QueueRequest(OpenQueue queue, CompletableFuture<T> result) {
        this.queue = queue;
        this.result = result;
    }

    final OpenQueue queue() {
        return queue;
    }

    final CompletableFuture<T> result() {
        return result;
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    @Override
    public boolean small() {
        return true;
    }

    /** A kill loses nothing of it, a power loss may; so it needs no flush of its own. */
    static void survivesKill(CommitGroup group) {
        group.wants(Durability.D1);
    }

    @Override
    public void failed(FairleadException failure) {
        result.completeExceptionally(failure);
    }
}
