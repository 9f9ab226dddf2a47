package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is not to be handed out yet to the receivers when its moment has come. Of all openings that receive from a queue, one at a
 * time is the keeper, by the server's choice.
 *
 * <p>It holds all such messages unacknowledged, without their content. When one is due, it hands it back to the server, which sends it
 * again, and then the keeper passes it on.
 */
final class Keeper {
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
    private static final Duration LONGEST_NAP = Duration.ofDays(1);

    private final OpenQueue queue;
    private final Broker broker;
    private final Sender sender;
    private final ConcurrentSkipListSet<Kept> kept =
            new ConcurrentSkipListSet<>(Comparator.comparingLong(Kept::due).thenComparingLong(Kept::tag));
    private final Set<Long> moving = ConcurrentHashMap.newKeySet();
    private @Nullable Channel channel;
    private TimeSource.@Nullable Alarm alarm;

    private record Kept(long due, long tag) {}

    Keeper(OpenQueue queue, Broker broker, Sender sender) {
        this.queue = queue;
        this.broker = broker;
        this.sender = sender;
    }

    /** Makes sure that this opening is the keeper, or waits to be. */
    synchronized void refresh() {
        Channel open = channel;
        if (open != null && open.isOpen()) {
            return;
        }
        kept.clear();
        moving.clear();
        Channel made = broker.channel("keeping for later");
        channel = made;
        broker.on(made, "keeping for later", on -> on.basicConsume(queue.names().later(), false, new Arriving(on)));
    }

    private final class Arriving extends DefaultConsumer {
        private Arriving(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            long due = Messages.due(properties);
            if (due <= queue.time().now().toEpochMilli()) {
                move(getChannel(), envelope.getDeliveryTag(), properties, body);
            } else {
                kept.add(new Kept(due, envelope.getDeliveryTag()));
                arm();
            }
        }
    }

    private void move(Channel from, long tag, AMQP.BasicProperties properties, byte[] body) {
        moving.add(tag);
        Messages.Outgoing message = Messages.again(properties, body, Messages.counted(properties));
        sender.send(queue.kind(), queue.names().main(), message).whenComplete((sent, failure) -> {
            moving.remove(tag);
            queue.settler().later(() -> settle(from, tag, failure == null));
        });
    }

    private void settle(Channel from, long tag, Boolean moved) {
        try {
            broker.on(from, "keeping for later", on -> {
                if (moved) {
                    on.basicAck(tag, false);
                } else {
                    on.basicNack(tag, false, true);
                }
                return true;
            });
        } catch (FairleadException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> queue.kind() + ": a message for later comes once more", e);
        }
    }

    /** Sets the alarm for the first that will be due. */
    private synchronized void arm() {
        TimeSource.Alarm old = alarm;
        if (old != null) {
            old.cancel();
        }
        Kept first = kept.isEmpty() ? null : kept.first();
        if (first == null) {
            alarm = null;
            return;
        }
        long moment = queue.time().momentOf(Instant.ofEpochMilli(first.due()), LONGEST_NAP);
        alarm = queue.time().at(moment, () -> queue.settler().later(this::handBackDue));
    }

    private void handBackDue() {
        Channel open;
        synchronized (this) {
            open = channel;
        }
        long now = queue.time().now().toEpochMilli();
        while (open != null && !kept.isEmpty() && kept.first().due() <= now) {
            Kept due = kept.pollFirst();
            if (due != null) {
                settle(open, due.tag(), false);
            }
        }
        arm();
    }

    /** How many are not due yet. */
    long later() {
        long now = queue.time().now().toEpochMilli();
        return kept.tailSet(new Kept(now, Long.MAX_VALUE)).size();
    }

    /** How many are on their way to the receivers. */
    long due() {
        return moving.size();
    }
}
