package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.server.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.jspecify.annotations.Nullable;

/**
 * Holds messages that are for later, and moves each to the queue at its moment, in one transaction. Every opening with a receiver does that
 * with a part of them; the rest waits at the broker behind those.
 */
final class Keeper {
    private static final System.Logger LOGGER = System.getLogger(Keeper.class.getName());
    private static final int MOST = 10_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final int CREDIT = 50;
    private static final long LOOK_MILLIS = 100;
    /** The wall clock, which decides, may jump; the alarm goes by the other one. */
    private static final Duration LONGEST_ALARM = Duration.ofSeconds(10);

    private final OpenQueue queue;
    private final Reopened<Attachment> inlet;
    private final PriorityQueue<Kept> waiting = new PriorityQueue<>(Comparator.comparingLong(Kept::due));
    private @Nullable Attachment from;
    private TimeSource.@Nullable Alarm alarm;
    private long bytes;
    private int credit;
    private boolean started;
    private volatile boolean ended;

    private record Kept(Attachment from, Delivery delivery, Message<?> message, long due, int size) {}

    Keeper(OpenQueue queue, Reopened<Attachment> inlet) {
        this.queue = queue;
        this.inlet = inlet;
    }

    /** Begins, if it has not. */
    synchronized void start() {
        if (!started) {
            started = true;
            Thread.ofPlatform()
                    .daemon()
                    .name("fairlead activemq keeper of " + queue.names().name())
                    .start(this::run);
        }
    }

    void end() {
        ended = true;
    }

    private void run() {
        while (!ended) {
            try {
                look();
            } catch (FairleadException e) {
                LOGGER.log(
                        ended ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                        "queue {0}: {1}",
                        queue.names().name(),
                        e.getMessage());
            }
        }
    }

    private void look() {
        Attachment open = inlet.get();
        try {
            ask(open);
            Delivery delivery = open.later().receive(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (delivery != null) {
                keep(open, delivery);
            }
        } catch (ClientException e) {
            inlet.drop(open);
            throw Failures.of("keeping messages for later", e);
        }
    }

    private synchronized void ask(Attachment open) throws ClientException {
        if (from != open) {
            from = open;
            waiting.clear();
            bytes = 0;
            credit = 0;
        }
        if (credit < CREDIT && waiting.size() < MOST && bytes < MOST_BYTES) {
            open.later().addCredit(CREDIT);
            credit += CREDIT;
        }
    }

    private void keep(Attachment open, Delivery delivery) throws ClientException {
        Message<?> message = Messages.of(delivery);
        synchronized (this) {
            credit--;
        }
        if (message.deliveryCount() >= ArtemisLimits.REWRITTEN_AT) {
            queue.settle(open, new Step(delivery, Messages.copy(message), Step.Place.LATER));
            return;
        }
        int size = Messages.question(message).size();
        Kept kept = new Kept(open, delivery, message, Messages.number(message, Messages.DUE), size);
        synchronized (this) {
            waiting.add(kept);
            bytes += size;
        }
        moveDue();
    }

    /** Moves those whose moment has come, and sets the alarm for the next. */
    private void moveDue() {
        List<Kept> due = new ArrayList<>();
        long now = Nanos.of(queue.opening().time().now());
        synchronized (this) {
            for (Kept next = waiting.peek(); next != null && next.due() <= now; next = waiting.peek()) {
                waiting.remove();
                bytes -= next.size();
                due.add(next);
            }
            setAlarm();
        }
        due.forEach(this::move);
    }

    private void setAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        Kept next = waiting.peek();
        if (next != null && !ended) {
            TimeSource time = queue.opening().time();
            alarm = time.at(time.momentOf(Nanos.moment(next.due()), LONGEST_ALARM), this::moveDue);
        }
    }

    private void move(Kept kept) {
        try {
            Message<?> message = Messages.copy(kept.message());
            message.removeProperty(Messages.DUE);
            queue.settle(kept.from(), new Step(kept.delivery(), message, Step.Place.MAIN));
        } catch (ClientException e) {
            inlet.drop(kept.from());
            LOGGER.log(
                    System.Logger.Level.WARNING, "queue {0}: {1}", queue.names().name(), e.getMessage());
        }
    }
}
