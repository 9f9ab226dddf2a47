package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Uninterrupted;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which log, in a compacted topic of its own. Safe for many threads.
 *
 * <p>A claim first starts a producer under the log's transactional id, by which the broker refuses every earlier producer of it, and then
 * writes the next epoch through that producer. So whatever an earlier claim has written stands in the topic before, and epochs grow also
 * when Kafka's own epochs of producers begin anew. Epochs of claims that did not come about are passed over.
 */
final class Claims implements AutoCloseable {
    private static final int TRIES = 30;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Topics topics;
    private final TopicPartition partition;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private boolean closed;

    /** What a claim gives: the epoch, and the producer that the broker takes records from. */
    record Claimed(long epoch, KafkaProducer<byte[], byte[]> producer) {}

    Claims(Cluster cluster, Topics topics) {
        this.cluster = cluster;
        this.topics = topics;
        this.partition = new TopicPartition(topics.name("Fairlead.claims"), 0);
    }

    Claimed claim(Topic topic, String owner) {
        ensureTopic();
        synchronized (locks.computeIfAbsent(topic.log(), log -> new Object())) {
            for (int tried = 1; ; tried++) {
                KafkaProducer<byte[], byte[]> producer = cluster.transactionalProducer(topic.name());
                try {
                    return new Claimed(claim(topic, owner, producer), producer);
                } catch (KafkaException e) {
                    Producers.discard(producer);
                    if (!Failures.isFenced(e) || tried == TRIES) {
                        throw Failures.of("the claim of log " + topic.log(), e);
                    }
                } catch (RuntimeException | Error e) {
                    Producers.discard(producer);
                    throw e;
                }
                Pauses.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos())));
            }
        }
    }

    private long claim(Topic topic, String owner, KafkaProducer<byte[], byte[]> producer) {
        return Uninterrupted.call(() -> {
            producer.initTransactions();
            long epoch = latest(topic.log()) + 1;
            byte[] holder = owner.getBytes(UTF_8);
            byte[] value = ByteBuffer.allocate(Long.BYTES + holder.length)
                    .putLong(epoch)
                    .put(holder)
                    .array();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(partition.topic(), 0, topic.log().getBytes(UTF_8), value));
            producer.commitTransaction();
            return epoch;
        });
    }

    private synchronized void ensureTopic() {
        if (consumer == null) {
            topics.create(partition.topic(), Map.of("cleanup.policy", "compact", "flush.messages", "1"));
        }
    }

    /** The highest epoch that anyone has written for the log, committed or not; 0 when there is none. */
    synchronized long latest(String log) {
        return Uninterrupted.call(() -> {
            catchUp();
            return epochs.getOrDefault(log, 0L);
        });
    }

    private void catchUp() {
        Duration timeout = cluster.settings().timeout();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            KafkaConsumer<byte[], byte[]> open = open();
            long end = open.endOffsets(List.of(partition), timeout).getOrDefault(partition, 0L);
            while (open.position(partition, timeout) < end) {
                for (ConsumerRecord<byte[], byte[]> record : open.poll(Duration.ofMillis(100))) {
                    note(record);
                }
                if (System.nanoTime() > deadline) {
                    throw new FairleadException(
                            ErrorCode.UNREACHABLE, "the claims in " + partition + " cannot be read in " + timeout);
                }
            }
        } catch (KafkaException e) {
            throw closed ? Failures.closed() : Failures.of("reading the claims in " + partition, e);
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        if (closed) {
            throw Failures.closed();
        }
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = cluster.consumer("read_uncommitted");
            open.assign(List.of(partition));
            open.seek(partition, 0);
            consumer = open;
        }
        return open;
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key != null && value != null && value.length >= Long.BYTES) {
            epochs.merge(new String(key, UTF_8), ByteBuffer.wrap(value).getLong(), Math::max);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (consumer != null) {
            Consumers.discard(consumer);
        }
    }
}
