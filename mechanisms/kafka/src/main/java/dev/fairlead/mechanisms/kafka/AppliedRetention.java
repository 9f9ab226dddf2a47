package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Retention;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Makes the brokers do at once what retention does in its own time, by the clock of the log's owner. */
final class AppliedRetention {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Cluster cluster;
    private final Topic topic;
    private final Instant now;

    AppliedRetention(Cluster cluster, Topic topic, Instant now) {
        this.cluster = cluster;
        this.topic = topic;
        this.now = now;
    }

    void apply() {
        try {
            switch (topic.retention()) {
                case Retention.KeepAll all -> {}
                case Retention.KeepFor(Duration time) -> trim(now.toEpochMilli() - time.toMillis());
                case Retention.LatestPerKey latest -> {
                    long below = offset(OffsetSpec.latest());
                    roll();
                    awaitCompacted(below);
                }
            }
        } catch (KafkaException e) {
            throw Failures.of("the retention of log " + topic.log(), e);
        }
    }

    private long offset(OffsetSpec spec) {
        ListOffsetsResultInfo found = cluster.await(
                        "a look at log " + topic.log(),
                        cluster.admin()
                                .listOffsets(Map.of(topic.partition(), spec))
                                .all())
                .get(topic.partition());
        if (found == null) {
            throw Failures.gone("log " + topic.log(), null);
        }
        return found.offset();
    }

    private void trim(long before) {
        long keep = offset(OffsetSpec.forTimestamp(before));
        cluster.await(
                "trimming log " + topic.log(),
                cluster.admin()
                        .deleteRecords(Map.of(topic.partition(), RecordsToDelete.beforeOffset(keep)))
                        .all());
    }

    /** Only closed segments are compacted; a record much younger than the segment closes it, and is taken back. */
    private void roll() {
        KafkaProducer<byte[], byte[]> producer = cluster.transactionalProducer(topic.name() + "-roll");
        try {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic.name(), 0, now.toEpochMilli(), new byte[] {0}, new byte[0]));
            producer.flush();
            producer.abortTransaction();
        } finally {
            Producers.discard(producer);
        }
    }

    private void awaitCompacted(long below) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        KafkaConsumer<byte[], byte[]> consumer = cluster.consumer("read_committed");
        try {
            consumer.assign(List.of(topic.partition()));
            while (repeats(consumer, below)) {
                if (System.nanoTime() > deadline) {
                    throw Failures.failure(
                            ErrorCode.UNREACHABLE, "log " + topic.log() + " was not compacted in time", null);
                }
                Pauses.sleep(LOOK_AGAIN);
            }
        } finally {
            Consumers.discard(consumer);
        }
    }

    private boolean repeats(KafkaConsumer<byte[], byte[]> consumer, long below) {
        TopicPartition partition = topic.partition();
        Set<ByteBuffer> seen = new HashSet<>();
        consumer.seek(partition, 0);
        while (consumer.position(partition) < below) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK_AGAIN)) {
                if (record.offset() < below && record.key() != null && !seen.add(ByteBuffer.wrap(record.key()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
