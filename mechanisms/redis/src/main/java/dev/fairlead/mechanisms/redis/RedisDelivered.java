package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A message in the hands of a receiver. Its lease ends here by this process's clock, and in the server by the wall clock. */
final class RedisDelivered implements Delivered {
    private final OpenQueue queue;
    private final Held held;
    private final long taken;
    private final long lease;

    RedisDelivered(OpenQueue queue, Held held, long taken, long lease) {
        this.queue = queue;
        this.held = held;
        this.taken = taken;
        this.lease = lease;
    }

    @Override
    public Question message() {
        return held.content();
    }

    @Override
    public int attempt() {
        return held.attempt();
    }

    @Override
    public CompletableFuture<Void> acknowledge() {
        return settle(() -> Settlement.acknowledge(held));
    }

    @Override
    public CompletableFuture<Void> giveBack(Duration delay) {
        return settle(() -> {
            QueueLimits.checkDelay(queue.row().name(), delay);
            long now = Nanos.of(queue.server().time().now());
            return Settlement.back(
                    held, delay.isZero() ? Settlement.NOW : Moments.digits(Nanos.plus(now, delay.toNanos())));
        });
    }

    @Override
    public CompletableFuture<Void> handBack() {
        return settle(() -> Settlement.uncounted(held));
    }

    @Override
    public CompletableFuture<Void> setAside(String error) {
        return settle(() -> Settlement.aside(held, error.substring(0, Math.min(error.length(), MAX_ERROR))));
    }

    private CompletableFuture<Void> settle(Supplier<Settlement> settlement) {
        try {
            queue.server().requireOpen();
            Settlement wanted = settlement.get();
            if (queue.server().time().nanos() - taken >= lease) {
                queue.lost(held);
                throw queue.fenced();
            }
            return queue.settle(wanted);
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }
}
