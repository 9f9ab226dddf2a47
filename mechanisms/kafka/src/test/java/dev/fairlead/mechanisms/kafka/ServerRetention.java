package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Makes a server do at once what retention does in its own time. */
final class ServerRetention {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ServerRetention() {}

    static void apply(String url, String topic, Instant now) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            Config config = Objects.requireNonNull(
                    admin.describeConfigs(List.of(resource)).all().get().get(resource));
            long time = Long.parseLong(config.get("retention.ms").value());
            if (config.get("cleanup.policy").value().equals("compact")) {
                long below = end(admin, partition, OffsetSpec.latest());
                roll(url, topic, now);
                awaitCompacted(url, partition, below);
            } else if (time >= 0) {
                trim(admin, partition, now.toEpochMilli() - time);
            }
        } catch (Exception e) {
            throw new AssertionError("retention of " + topic, e);
        }
    }

    private static long end(Admin admin, TopicPartition partition, OffsetSpec spec) throws Exception {
        return Objects.requireNonNull(
                        admin.listOffsets(Map.of(partition, spec)).all().get().get(partition))
                .offset();
    }

    /** What a server does when a segment has become old. */
    private static void trim(Admin admin, TopicPartition partition, long before) throws Exception {
        long keep = end(admin, partition, OffsetSpec.forTimestamp(before));
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(keep)))
                .all()
                .get();
    }

    /** Only closed segments are compacted; a record much younger than the segment closes it, and is taken back. */
    private static void roll(String url, String topic, Instant now) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", url));
        settings.put("transactional.id", topic + "-roll");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, now.toEpochMilli(), new byte[] {0}, new byte[0]));
            producer.flush();
            producer.abortTransaction();
        }
    }

    private static void awaitCompacted(String url, TopicPartition partition, long below) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", url));
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(repeated(consumer, partition, below))
                            .as("keys that stand twice")
                            .isEmpty());
        }
    }

    private static Set<String> repeated(KafkaConsumer<String, byte[]> consumer, TopicPartition partition, long below) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new HashSet<>();
        consumer.seek(partition, 0);
        while (consumer.position(partition) < below) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                if (record.offset() < below && !once.add(record.key())) {
                    twice.add(record.key());
                }
            }
        }
        return twice;
    }

    static void deleteTopics(String url, String beginning) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", url))) {
            Set<String> own = new HashSet<>(admin.listTopics().names().get());
            own.removeIf(name -> !name.startsWith(beginning));
            admin.deleteTopics(own).all().get();
        } catch (Exception e) {
            throw new AssertionError("taking away the topics " + beginning, e);
        }
    }
}
