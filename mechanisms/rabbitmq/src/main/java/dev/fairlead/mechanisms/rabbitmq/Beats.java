package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Beat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The beats of all logs, which an exchange hands to whoever listens at that moment. Safe for many threads.
 *
 * <p>A beat may be lost, as the next one replaces it. After a lost connection the next reader that looks for one makes a new one.
 */
final class Beats {
    private static final System.Logger LOG = System.getLogger(Beats.class.getName());
    /** Behind the prefix; no log can have this name. */
    static final String EXCHANGE = "Fairlead.beats";

    private static final int BYTES = 3 * Long.BYTES + Integer.BYTES;

    private final Broker broker;
    private final String exchange;
    private final Map<String, Beat> newest = new ConcurrentHashMap<>();
    private final Map<String, Set<Runnable>> listeners = new ConcurrentHashMap<>();
    private @Nullable Channel sending;
    private @Nullable Channel hearing;
    private String queue = "";

    Beats(Broker broker, String prefix) {
        this.broker = broker;
        this.exchange = prefix + EXCHANGE;
    }

    /** Sends the beat and does not wait for it. */
    synchronized void send(String log, Beat beat) {
        byte[] body = ByteBuffer.allocate(BYTES)
                .putLong(beat.epoch())
                .putLong(beat.time().getEpochSecond())
                .putInt(beat.time().getNano())
                .putLong(beat.end())
                .array();
        try {
            Channel channel = sending;
            if (channel == null || !channel.isOpen()) {
                channel = open();
                sending = channel;
            }
            broker.on(channel, "a beat", on -> {
                on.basicPublish(exchange, log, null, body);
                return true;
            });
        } catch (FairleadException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "a beat of " + log + " did not go out", e);
        }
    }

    private Channel open() {
        Channel channel = broker.channel("beats");
        broker.on(channel, "beats", on -> on.exchangeDeclare(exchange, BuiltinExchangeType.DIRECT, true));
        return channel;
    }

    /** The newest beat of the log that has come, if one has. */
    @Nullable
    Beat newest(String log) {
        return newest.get(log);
    }

    /** Runs the action, which must be quick, after each beat of the log; returns when no later beat can be missed. */
    synchronized void join(String log, Runnable action) {
        listeners.computeIfAbsent(log, any -> ConcurrentHashMap.newKeySet()).add(action);
        Channel channel = hearing();
        broker.on(channel, "listening to beats", on -> on.queueBind(queue, exchange, log));
    }

    private Channel hearing() {
        Channel channel = hearing;
        if (channel == null || !channel.isOpen()) {
            channel = open();
            Channel made = channel;
            queue = broker.on(made, "listening to beats", on -> {
                String own = on.queueDeclare("", false, true, true, Map.of("x-max-length", 10_000))
                        .getQueue();
                for (String each : listeners.keySet()) {
                    on.queueBind(own, exchange, each);
                }
                on.basicConsume(own, true, new Ear(on));
                return own;
            });
            hearing = made;
        }
        return channel;
    }

    void leave(String log, Runnable action) {
        Set<Runnable> all = listeners.get(log);
        if (all != null) {
            all.remove(action);
        }
    }

    /** Hears again what a lost connection has silenced. */
    void refresh() {
        Channel channel = hearing;
        if (channel != null && !channel.isOpen()) {
            try {
                synchronized (this) {
                    hearing();
                }
            } catch (FairleadException e) {
                LOG.log(System.Logger.Level.DEBUG, "beats cannot be heard now", e);
            }
        }
    }

    private final class Ear extends DefaultConsumer {
        private Ear(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            if (body.length == BYTES) {
                note(envelope.getRoutingKey(), ByteBuffer.wrap(body));
            }
        }

        @Override
        public void handleCancel(String tag) throws IOException {
            Broker.discard(getChannel());
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
            listeners.values().forEach(all -> all.forEach(Runnable::run));
        }
    }

    private void note(String log, ByteBuffer body) {
        Beat beat;
        try {
            beat = new Beat(body.getLong(), Instant.ofEpochSecond(body.getLong(), body.getInt()), body.getLong());
        } catch (DateTimeException | ArithmeticException foreign) {
            return;
        }
        Beat now = newest.merge(log, beat, (before, next) -> next.epoch() < before.epoch() ? before : next);
        if (now == beat) {
            listeners.getOrDefault(log, Set.of()).forEach(Runnable::run);
        }
    }
}
