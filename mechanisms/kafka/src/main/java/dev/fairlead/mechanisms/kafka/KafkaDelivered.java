package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A message in the hands of a receiver. Its lease ends here by this process's clock; whether it did, the journal says. */
final class KafkaDelivered implements Delivered {
    private final KafkaQueue queue;
    private final QueueJournal journal;
    private final QueueJournal.Taken taken;
    private final Question message;
    private final long lease;

    KafkaDelivered(KafkaQueue queue, QueueJournal journal, QueueJournal.Taken taken, Question message, long lease) {
        this.queue = queue;
        this.journal = journal;
        this.taken = taken;
        this.message = message;
        this.lease = lease;
    }

    @Override
    public Question message() {
        return message;
    }

    @Override
    public int attempt() {
        return taken.attempt();
    }

    @Override
    public CompletableFuture<Void> acknowledge() {
        return settle(() -> new QueueStep.Acknowledge(taken.hold()));
    }

    @Override
    public CompletableFuture<Void> giveBack(Duration delay) {
        return settle(() -> {
            QueueLimits.checkDelay(queue.name(), delay);
            return new QueueStep.GiveBack(taken.hold(), queue.time().now().plus(delay));
        });
    }

    @Override
    public CompletableFuture<Void> handBack() {
        return settle(() -> new QueueStep.HandBack(taken.hold()));
    }

    @Override
    public CompletableFuture<Void> setAside(String error) {
        return settle(() -> new QueueStep.SetAside(taken.hold(), queue.time().now(), Cut.text(error, MAX_ERROR)));
    }

    private CompletableFuture<Void> settle(Supplier<QueueStep> step) {
        try {
            queue.opening().checkOpen();
            QueueStep wanted = step.get();
            if (queue.time().nanos() - taken.moment() >= lease) {
                throw fenced();
            }
            return journal.take(wanted).thenAccept(effect -> {
                if (effect.count() == 0) {
                    throw fenced();
                }
            });
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    private FairleadException fenced() {
        return new FairleadException(
                ErrorCode.FENCED,
                "queue " + queue.name()
                        + ": the message is not held here any more: its lease is over, or it was settled" + " before");
    }
}
