package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A message in the hands of a receiver. Its lease ends here by this process's clock, and in the table by the wall clock. */
final class SqlDelivered implements Delivered {
    private final OpenQueue queue;
    private final MessageRows.Held held;
    private final long taken;
    private final long lease;

    SqlDelivered(OpenQueue queue, MessageRows.Held held, long taken, long lease) {
        this.queue = queue;
        this.held = held;
        this.taken = taken;
        this.lease = lease;
    }

    @Override
    public Question message() {
        return held.message();
    }

    @Override
    public int attempt() {
        return held.attempt();
    }

    @Override
    public CompletableFuture<Void> acknowledge() {
        return settle(() -> new Settlement.Acknowledge(held.id(), held.attempt()));
    }

    @Override
    public CompletableFuture<Void> giveBack(Duration delay) {
        return settle(() -> {
            QueueLimits.checkDelay(queue.name(), delay);
            return new Settlement.GiveBack(held.id(), held.attempt(), delay.toNanos());
        });
    }

    @Override
    public CompletableFuture<Void> setAside(String error) {
        return settle(() -> new Settlement.SetAside(held.id(), held.attempt(), StoredText.of(error, MAX_ERROR)));
    }

    private CompletableFuture<Void> settle(Supplier<Settlement> settlement) {
        try {
            Server server = queue.opening().server();
            Settlement wanted = settlement.get();
            if (server.time().nanos() - taken >= lease) {
                queue.lost(held.id(), held.attempt());
                throw queue.fenced();
            }
            return queue.settle(wanted);
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }
}
