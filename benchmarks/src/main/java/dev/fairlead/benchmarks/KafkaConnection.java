package dev.fairlead.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own clients, set as Fairlead sets them: acks of all, idempotent, transactions, and readers of what is committed. */
final class KafkaConnection {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, Object> brokers;

    KafkaConnection(ServerPlace place) {
        this.brokers = Map.of("bootstrap.servers", place.url(), "enable.metrics.push", false);
    }

    KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> settings = with(Map.of(
                "transactional.id",
                transactionalId,
                "enable.idempotence",
                true,
                "acks",
                "all",
                "linger.ms",
                0L,
                "batch.size",
                64 * 1024));
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /** Reads the one partition of a topic from its start, in no group. */
    KafkaConsumer<byte[], byte[]> consumer(String topic) {
        Map<String, Object> settings = with(Map.of(
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false));
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, 0);
        return consumer;
    }

    /** Reads so many records; a page may be empty, since the marks that end transactions are no records. */
    static void read(
            KafkaConsumer<byte[], byte[]> consumer, int count, Consumer<ConsumerRecords<byte[], byte[]>> pages) {
        int read = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read < count) {
            ConsumerRecords<byte[], byte[]> page = consumer.poll(PATIENCE);
            if (page.isEmpty() && System.nanoTime() - deadline >= 0) {
                throw new IllegalStateException("only " + read + " of " + count + " records came in " + PATIENCE);
            }
            pages.accept(page);
            read += page.count();
        }
    }

    void create(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(brokers)) {
            NewTopic made = new NewTopic(topic, Optional.of(1), Optional.empty());
            admin.createTopics(List.of(made)).all().get();
        }
    }

    void delete(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(brokers)) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(brokers);
        all.putAll(settings);
        return all;
    }
}
