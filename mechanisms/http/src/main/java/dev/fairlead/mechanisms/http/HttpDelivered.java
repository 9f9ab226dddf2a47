package dev.fairlead.mechanisms.http;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.wire.QueueMessages.Handed;
import dev.fairlead.spi.wire.QueueMessages.Settling;
import dev.fairlead.spi.wire.QueueMessages.Way;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A message in the hands of a receiver; its lease ends at the node, and with the node. */
final class HttpDelivered implements Delivered {
    private final OpenQueue queue;
    private final long run;
    private final Handed handed;

    HttpDelivered(OpenQueue queue, long run, Handed handed) {
        this.queue = queue;
        this.run = run;
        this.handed = handed;
    }

    @Override
    public Question message() {
        return handed.message();
    }

    @Override
    public int attempt() {
        return handed.attempt();
    }

    @Override
    public CompletableFuture<Void> acknowledge() {
        return settle(Way.ACKNOWLEDGE, Duration.ZERO, "");
    }

    @Override
    public CompletableFuture<Void> giveBack(Duration delay) {
        return settle(Way.GIVE_BACK, delay, "");
    }

    @Override
    public CompletableFuture<Void> handBack() {
        return settle(Way.HAND_BACK, Duration.ZERO, "");
    }

    @Override
    public CompletableFuture<Void> setAside(String error) {
        return settle(Way.SET_ASIDE, Duration.ZERO, error.substring(0, Math.min(error.length(), MAX_ERROR)));
    }

    private CompletableFuture<Void> settle(Way way, Duration delay, String error) {
        try {
            queue.link().requireOpen();
            QueueLimits.checkDelay(queue.name(), delay);
            return queue.settle(new Settling(run, handed.hand(), way, delay, error));
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }
}
