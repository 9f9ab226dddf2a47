package dev.fairlead.node.carrier;

import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.wire.QueueMessages.Handed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One receiver of a queue. A poll that is made again gets the messages of its first time, whose leases go on. Safe for many threads. */
final class Receiving {
    /** Longer than a poll waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String queue;
    private final Duration lease;
    private final QueueReceiver receiver;
    private final Holdings holdings;
    private final Repeated<List<Handed>> polls = new Repeated<>(PATIENCE);

    Receiving(Queue queues, String queue, Duration lease, Holdings holdings) {
        this.queue = queue;
        this.lease = lease;
        this.receiver = queues.receive(queue, lease);
        this.holdings = holdings;
    }

    String queue() {
        return queue;
    }

    /** The next messages, or those of the poll of this number; nothing when that goes on. */
    Optional<List<Handed>> poll(long number, int most, Duration wait) {
        return polls.once(number, () -> {
            holdings.refuseTooMuch();
            return receiver.poll(most, wait).stream()
                    .map(each -> holdings.hold(queue, each, lease))
                    .toList();
        });
    }

    /** Takes no more; what polls beyond the number have brought reached nobody, and goes back as if it had not been handed out. */
    void leave(long reached) {
        receiver.close();
        polls.end(reached)
                .thenAccept(handed -> handed.forEach(each ->
                        holdings.find(queue, each.hand()).ifPresent(message -> handBack(each.hand(), message))));
    }

    private void handBack(long hand, Delivered message) {
        holdings.forget(hand);
        message.handBack().exceptionally(failure -> null); // its lease is over soon
    }
}
