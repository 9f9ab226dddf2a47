package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import java.util.concurrent.CompletableFuture;

/** A change of one queue. All but sendings are small, so that a full volume does not keep messages from being handled. */
abstract sealed class QueueRequest<T> extends AnsweredRequest<T>
        permits SendRequest,
                HandOutRequest,
                SettleRequest,
                PromoteRequest,
                RedriveRequest,
                DismissRequest,
                SetGarbledAsideRequest,
                EraseMessagesRequest {
    private static final int BYTES = 256;

    private final OpenQueue queue;

    QueueRequest(OpenQueue queue) {
        this.queue = queue;
    }

    QueueRequest(OpenQueue queue, CompletableFuture<T> result) {
        super(result);
        this.queue = queue;
    }

    final OpenQueue queue() {
        return queue;
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
}
