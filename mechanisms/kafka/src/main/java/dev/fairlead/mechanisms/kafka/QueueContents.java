package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Reads messages again that were not kept in memory. One call at a time; the others wait. */
final class QueueContents implements AutoCloseable {
    private final Cluster cluster;
    private final Topic topic;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private long position = -1;

    QueueContents(Cluster cluster, Topic topic) {
        this.cluster = cluster;
        this.topic = topic;
    }

    /** The messages whose records stand at these offsets; fails with UNREACHABLE when they do not come in time. */
    synchronized Map<Long, Question> read(Collection<Long> offsets) {
        Map<Long, Question> found = new HashMap<>();
        if (offsets.isEmpty()) {
            return found;
        }
        return Uninterrupted.call(() -> {
            try {
                TreeSet<Long> wanted = new TreeSet<>(offsets);
                long deadline = System.nanoTime() + cluster.settings().timeout().toNanos();
                while (!wanted.isEmpty()) {
                    fetch(wanted, found);
                    if (System.nanoTime() > deadline) {
                        throw Failures.failure(
                                ErrorCode.UNREACHABLE,
                                "messages of " + topic.name() + " could not be read in time",
                                null);
                    }
                }
                return found;
            } catch (KafkaException e) {
                close();
                throw Failures.of("reading messages of " + topic.name(), e);
            }
        });
    }

    private void fetch(TreeSet<Long> wanted, Map<Long, Question> found) {
        KafkaConsumer<byte[], byte[]> open = consumer();
        if (position != wanted.first()) {
            open.seek(topic.partition(), wanted.first());
        }
        for (ConsumerRecord<byte[], byte[]> record : open.poll(Duration.ofSeconds(1))) {
            if (wanted.remove(record.offset())) {
                found.put(record.offset(), Records.message(record));
            }
            position = record.offset() + 1;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = cluster.consumer("read_committed");
            open.assign(List.of(topic.partition()));
            consumer = open;
            position = -1;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            Consumers.discard(consumer);
            consumer = null;
        }
    }
}
