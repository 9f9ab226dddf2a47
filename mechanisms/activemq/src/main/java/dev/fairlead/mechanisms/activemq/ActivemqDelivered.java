package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.jspecify.annotations.Nullable;

/**
 * A message in the hands of a receiver. AMQP knows no leases: when this one is over, the message is sent again in one transaction with its
 * removal, as it is when it is given back. What is given back goes to the end of the queue.
 */
final class ActivemqDelivered implements Delivered {
    private final OpenQueue queue;
    private final Intake.Received received;
    private final long taken;
    private final long lease;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile TimeSource.@Nullable Alarm alarm;

    private ActivemqDelivered(OpenQueue queue, Intake.Received received, Duration lease) {
        this.queue = queue;
        this.received = received;
        this.taken = queue.opening().time().nanos();
        this.lease = lease.toNanos();
    }

    static ActivemqDelivered of(OpenQueue queue, Intake.Received received, Duration lease) {
        ActivemqDelivered delivered = new ActivemqDelivered(queue, received, lease);
        delivered.alarm = queue.opening().time().at(delivered.taken + delivered.lease, delivered::leaseOver);
        return delivered;
    }

    @Override
    public Question message() {
        return received.question();
    }

    @Override
    public int attempt() {
        return received.attempts() + 1;
    }

    private void leaseOver() {
        if (over.compareAndSet(false, true)) {
            again(0, attempt());
        }
    }

    @Override
    public CompletableFuture<Void> acknowledge() {
        return settle(() -> done(Step.remove(received.delivery())));
    }

    @Override
    public CompletableFuture<Void> giveBack(Duration delay) {
        return back(delay, attempt());
    }

    @Override
    public CompletableFuture<Void> handBack() {
        return back(Duration.ZERO, attempt() - 1);
    }

    private CompletableFuture<Void> back(Duration delay, int attempts) {
        try {
            queue.opening().checkOpen();
            QueueLimits.checkDelay(queue.names().name(), delay);
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        long due =
                delay.isZero() ? 0 : Nanos.plus(Nanos.of(queue.opening().time().now()), delay.toNanos());
        return settle(() -> again(due, attempts));
    }

    private CompletableFuture<Void> again(long due, int attempts) {
        try {
            Message<?> message = Messages.copy(received.message()).property(Messages.ATTEMPTS, attempts);
            message.removeProperty(Messages.DUE);
            if (due != 0) {
                message.property(Messages.DUE, due);
            }
            return done(new Step(received.delivery(), message, due == 0 ? Step.Place.MAIN : Step.Place.LATER));
        } catch (ClientException e) {
            return CompletableFuture.failedFuture(
                    Failures.of("giving back a message of " + queue.names().name(), e));
        }
    }

    @Override
    public CompletableFuture<Void> setAside(String error) {
        return settle(() -> {
            try {
                Message<?> message = Messages.copy(received.message())
                        .property(Messages.ATTEMPTS, attempt())
                        .property(Messages.NUMBER, DeadNumbers.next())
                        .property(Messages.REASON, error.substring(0, Math.min(error.length(), MAX_ERROR)))
                        .property(
                                Messages.SINCE, Nanos.of(queue.opening().time().now()));
                return done(new Step(received.delivery(), message, Step.Place.DEAD));
            } catch (ClientException e) {
                return CompletableFuture.failedFuture(Failures.of(
                        "setting aside a message of " + queue.names().name(), e));
            }
        });
    }

    private CompletableFuture<Void> settle(Supplier<CompletableFuture<Void>> settlement) {
        try {
            queue.opening().checkOpen();
        } catch (FairleadException closed) {
            return CompletableFuture.failedFuture(closed);
        }
        if (queue.opening().time().nanos() - taken >= lease) {
            leaseOver();
        }
        if (!over.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(Failures.fenced(queue.names().name()));
        }
        return settlement.get();
    }

    @SuppressWarnings("NullAway") // Void has no other value than null.
    private CompletableFuture<Void> done(Step step) {
        TimeSource.Alarm waiting = alarm;
        if (waiting != null) {
            waiting.cancel();
        }
        return queue.settle(received.from(), step).thenApply(settled -> {
            received.from().letGo(received.number());
            return settled;
        });
    }
}
