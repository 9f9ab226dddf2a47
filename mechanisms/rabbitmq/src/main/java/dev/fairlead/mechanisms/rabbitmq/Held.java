package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A message in the hands of a receiver. What is done with it is done on the thread of the {@link Settler}. */
final class Held implements Delivered {
    private enum State {
        HELD,
        SETTLING,
        OVER
    }

    private final OpenQueue queue;
    private final Deliveries from;
    private final long tag;
    private final AMQP.BasicProperties properties;
    private final byte[] body;
    private final Question message;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private final long taken;
    private final long lease;
    private volatile TimeSource.@Nullable Alarm alarm;

    Held(OpenQueue queue, Deliveries from, long tag, AMQP.BasicProperties properties, byte[] body, Duration lease) {
        this.queue = queue;
        this.from = from;
        this.tag = tag;
        this.properties = properties;
        this.body = body;
        this.message = Messages.question(properties, body);
        this.taken = queue.time().nanos();
        this.lease = lease.toNanos();
    }

    /** Begins the lease. */
    void begin() {
        alarm = queue.time().at(taken + lease, this::leaseOver);
    }

    private void leaseOver() {
        if (isOver() && state.compareAndSet(State.HELD, State.OVER)) {
            queue.settler().giveUp(this);
        }
    }

    private boolean isOver() {
        return queue.time().nanos() - taken >= lease;
    }

    Deliveries from() {
        return from;
    }

    long tag() {
        return tag;
    }

    OpenQueue queue() {
        return queue;
    }

    /** The message to be sent anew, as it came, with so many attempts counted. */
    Messages.Outgoing again(int attempts) {
        return Messages.again(properties, body, attempts);
    }

    @Override
    public Question message() {
        return message;
    }

    @Override
    public int attempt() {
        return Messages.attempt(properties);
    }

    private CompletableFuture<Void> settle(Settling.Way way) {
        try {
            queue.checkOpen();
        } catch (FairleadException closed) {
            return CompletableFuture.failedFuture(closed);
        }
        if (isOver() || !from.channel().isOpen() || !state.compareAndSet(State.HELD, State.SETTLING)) {
            return CompletableFuture.failedFuture(new FairleadException(
                    ErrorCode.FENCED,
                    "queue " + queue.names().name() + ": the lease of a message is over, or it was settled before"));
        }
        TimeSource.Alarm begun = alarm;
        if (begun != null) {
            begun.cancel();
        }
        Settling settling = new Settling(this, way, new CompletableFuture<>());
        queue.settler().add(settling);
        return settling.done();
    }

    @Override
    public CompletableFuture<Void> acknowledge() {
        return settle(new Settling.Acknowledge());
    }

    @Override
    public CompletableFuture<Void> giveBack(Duration delay) {
        try {
            QueueLimits.checkDelay(queue.names().name(), delay);
        } catch (FairleadException bad) {
            return CompletableFuture.failedFuture(bad);
        }
        return settle(new Settling.GiveBack(delay, attempt()));
    }

    @Override
    public CompletableFuture<Void> handBack() {
        return settle(new Settling.GiveBack(Duration.ZERO, attempt() - 1));
    }

    @Override
    public CompletableFuture<Void> setAside(String error) {
        return settle(new Settling.SetAside(error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error));
    }
}
