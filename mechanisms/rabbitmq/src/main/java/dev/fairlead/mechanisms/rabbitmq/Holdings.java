package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much of a queue is in somebody's hands, which the server does not tell: each opening says it when it is asked. Safe for many
 * threads.
 */
final class Holdings {
    private static final int BYTES = 3 * Long.BYTES;
    private static final String TO_ASKER = "amq.rabbitmq.reply-to";

    private final Broker broker;
    private final String exchange;
    private final Map<String, Supplier<Count>> counts = new ConcurrentHashMap<>();
    private @Nullable Channel hearing;
    private String ear = "";

    /**
     * What is in somebody's hands.
     *
     * @param held by receivers
     * @param later with a keeper, not to be handed out yet
     * @param due with a keeper, on their way to the receivers
     */
    record Count(long held, long later, long due) {
        static final Count NOTHING = new Count(0, 0, 0);

        private Count plus(Count other) {
            return new Count(held + other.held, later + other.later, due + other.due);
        }
    }

    Holdings(Broker broker, String prefix) {
        this.broker = broker;
        this.exchange = prefix + Beats.EXCHANGE;
    }

    /** Answers inquiries under the key from now on; called again, it makes sure of that. */
    synchronized void answer(String key, Supplier<Count> count) {
        boolean isNew = counts.put(key, count) == null;
        Channel channel = hearing;
        if (channel == null || !channel.isOpen()) {
            hearing = open();
        } else if (isNew) {
            broker.on(channel, "answering inquiries", on -> on.queueBind(ear, exchange, key));
        }
    }

    private Channel open() {
        Channel channel = broker.channel("answering inquiries");
        return broker.on(channel, "answering inquiries", on -> {
            on.exchangeDeclare(exchange, BuiltinExchangeType.DIRECT, true);
            ear = on.queueDeclare("", false, true, true, Map.of("x-max-length", 10_000))
                    .getQueue();
            for (String each : counts.keySet()) {
                on.queueBind(ear, exchange, each);
            }
            on.basicConsume(ear, true, new DefaultConsumer(on) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties asked, byte[] body)
                        throws IOException {
                    Supplier<Count> count = counts.get(envelope.getRoutingKey());
                    if (count != null && asked.getReplyTo() != null) {
                        getChannel().basicPublish("", asked.getReplyTo(), null, bytes(count.get()));
                    }
                }
            });
            return on;
        });
    }

    private static byte[] bytes(Count count) {
        return ByteBuffer.allocate(BYTES)
                .putLong(count.held())
                .putLong(count.later())
                .putLong(count.due())
                .array();
    }

    /** Asks all who answer under the key, and waits for so many answers, or as long as it is patient. */
    Count ask(String key, int answers, long patience) {
        BlockingQueue<Count> given = new LinkedBlockingQueue<>();
        return broker.once("an inquiry", on -> {
            on.basicConsume(TO_ASKER, true, new DefaultConsumer(on) {
                @Override
                public void handleDelivery(
                        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                    if (body.length == BYTES) {
                        ByteBuffer read = ByteBuffer.wrap(body);
                        given.add(new Count(read.getLong(), read.getLong(), read.getLong()));
                    }
                }
            });
            on.basicPublish(
                    exchange,
                    key,
                    new AMQP.BasicProperties.Builder().replyTo(TO_ASKER).build(),
                    new byte[0]);
            return sum(given, answers, System.nanoTime() + patience);
        });
    }

    private static Count sum(BlockingQueue<Count> given, int answers, long deadline) {
        Count all = Count.NOTHING;
        for (int i = 0; i < answers; i++) {
            try {
                Count next = given.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return all; // somebody stands still, or has just gone
                }
                all = all.plus(next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failures.interrupted();
            }
        }
        return all;
    }
}
