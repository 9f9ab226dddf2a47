package dev.fairlead.benchmarks;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.fairlead.spi.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** RabbitMQ's own client on a quorum queue: mandatory persistent messages with confirms, and acknowledgements by hand. */
final class AmqpQueue implements QueueClient {
    private static final int PREFETCH = 2 * QueueMeasurement.BATCH;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final int PERSISTENT = 2;
    private static final String HEADER = "header";

    private final Connection connection;
    private final Channel sending;
    private final Channel taking;
    private final String queue;
    private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();

    AmqpQueue(ServerPlace place, String queue) throws Exception {
        this.queue = queue;
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(place.url());
        var credentials = place.credentials();
        if (credentials.user() != null) {
            factory.setUsername(credentials.user());
            factory.setPassword(credentials.password());
        }
        this.connection = factory.newConnection("bench");
        this.sending = connection.createChannel();
        this.taking = connection.createChannel();
        sending.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
        sending.confirmSelect();
        taking.basicQos(PREFETCH);
        taking.basicConsume(queue, false, (tag, delivery) -> arrived.add(delivery), tag -> {});
    }

    @Override
    public void send(List<Question> batch) throws Exception {
        for (Question message : batch) {
            BasicProperties properties = new BasicProperties.Builder()
                    .deliveryMode(PERSISTENT)
                    .headers(Map.of(HEADER, message.header()))
                    .build();
            sending.basicPublish("", queue, true, properties, message.payload());
        }
        sending.waitForConfirmsOrDie(PATIENCE_MILLIS);
    }

    @Override
    public int take(int most) throws Exception {
        Delivery first = arrived.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (first == null) {
            throw new IllegalStateException("no message came in " + PATIENCE_MILLIS + " ms");
        }
        List<Delivery> taken = new ArrayList<>(List.of(first));
        arrived.drainTo(taken, most - 1);
        for (Delivery each : taken) {
            byte[] header = Objects.requireNonNull(
                    (byte[]) each.getProperties().getHeaders().get(HEADER));
            QueueMeasurement.checkSize((long) header.length + each.getBody().length);
        }
        taking.basicAck(taken.getLast().getEnvelope().getDeliveryTag(), true);
        return taken.size();
    }

    @Override
    public void close() throws Exception {
        sending.queueDelete(queue);
        connection.close();
    }
}
