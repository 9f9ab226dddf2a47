package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A queue of one of Fairlead's mechanisms, used as the engine uses it. */
final class MechanismQueue implements QueueClient {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Mechanism mechanism;
    private final String name;
    private final Queue queue;
    private final QueueReceiver receiver;
    private CompletableFuture<?> acknowledged = CompletableFuture.completedFuture(null);

    /** Takes a new queue of the mechanism, which it closes at its end. */
    MechanismQueue(Mechanism mechanism, String name) {
        this.mechanism = mechanism;
        this.name = name;
        this.queue = (Queue) mechanism;
        queue.define(new QueueDefinition(name, Durability.D1));
        this.receiver = queue.receive(name, LEASE);
    }

    @Override
    public void send(List<Question> batch) {
        List<CompletableFuture<Sent>> sent = new ArrayList<>(batch.size());
        batch.forEach(message -> sent.add(queue.send(name, message)));
        sent.forEach(CompletableFuture::join);
    }

    @Override
    public int take(int most) {
        List<Delivered> messages = receiver.poll(most, PATIENCE);
        if (messages.isEmpty()) {
            throw new IllegalStateException("no message came in " + PATIENCE);
        }
        List<CompletableFuture<Void>> settlements = new ArrayList<>(messages.size() + 1);
        for (Delivered each : messages) {
            QueueMeasurement.checkSize(each.message().size());
            settlements.add(each.acknowledge());
        }
        acknowledged = CompletableFuture.allOf(
                acknowledged, CompletableFuture.allOf(settlements.toArray(CompletableFuture[]::new)));
        return messages.size();
    }

    @Override
    public void settle() {
        acknowledged.join();
    }

    @Override
    public void close() {
        receiver.close();
        mechanism.close();
    }
}
