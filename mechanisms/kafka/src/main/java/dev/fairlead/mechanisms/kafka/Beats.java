package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.server.Threads;
import dev.fairlead.spi.server.Uninterrupted;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * The beats of all logs, in one topic that forgets soon. Safe for many threads.
 *
 * <p>A beat may be lost, as the next one replaces it. Each opening reads the beats of all logs, from a few before the moment on at which its
 * first reader was opened: who opens a log that is quiet need not wait for its next beat.
 */
final class Beats implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Beats.class.getName());
    private static final Map<String, String> TOPIC = Map.of("cleanup.policy", "delete", "retention.ms", "60000");
    private static final int BYTES = 3 * Long.BYTES + Integer.BYTES;
    private static final Duration WAIT = Duration.ofSeconds(1);
    /** Among so many beats is one of each log, as long as there are no more logs than that; to read them takes milliseconds. */
    private static final int RECENT = 1000;

    private final Cluster cluster;
    private final Topics topics;
    private final TopicPartition partition;
    private final Map<String, Beat> newest = new ConcurrentHashMap<>();
    private final Map<String, Set<Runnable>> listeners = new ConcurrentHashMap<>();
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable CompletableFuture<Void> begun;
    private @Nullable Thread thread;
    private volatile boolean made;
    private volatile boolean closed;

    Beats(Cluster cluster, Topics topics) {
        this.cluster = cluster;
        this.topics = topics;
        this.partition = new TopicPartition(topics.name("Fairlead.beats"), 0);
    }

    /** Sends the beat and does not wait for it. */
    void send(String log, Beat beat) {
        byte[] value = ByteBuffer.allocate(BYTES)
                .putLong(beat.epoch())
                .putLong(beat.time().getEpochSecond())
                .putInt(beat.time().getNano())
                .putLong(beat.end())
                .array();
        try {
            Uninterrupted.run(
                    () -> producer().send(new ProducerRecord<>(partition.topic(), 0, log.getBytes(UTF_8), value)));
        } catch (KafkaException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "a beat of " + log + " did not go out", e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (closed) {
            throw Failures.closed();
        }
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            makeTopic();
            open = cluster.lightProducer();
            producer = open;
        }
        return open;
    }

    private void makeTopic() {
        if (!made) {
            topics.create(partition.topic(), TOPIC);
            made = true;
        }
    }

    /** The newest beat of the log that has come, if one has. */
    @Nullable
    Beat newest(String log) {
        return newest.get(log);
    }

    /**
     * Begins to listen, if nobody does yet, and does not wait: the connection is made while a reader that is about to join makes its own.
     */
    synchronized CompletableFuture<Void> begin() {
        if (closed) {
            throw Failures.closed();
        }
        CompletableFuture<Void> known = begun;
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        CompletableFuture<Void> next = new CompletableFuture<>();
        begun = next;
        thread = Thread.ofPlatform().daemon().name("fairlead kafka beats").start(() -> listen(next));
        return next;
    }

    /** Runs the action, which must be quick, after each beat of the log; returns when no later beat can be missed. */
    void join(String log, Runnable action) {
        Futures.outcome(begin());
        listeners.computeIfAbsent(log, any -> ConcurrentHashMap.newKeySet()).add(action);
    }

    void leave(String log, Runnable action) {
        Set<Runnable> all = listeners.get(log);
        if (all != null) {
            all.remove(action);
        }
    }

    private void listen(CompletableFuture<Void> begins) {
        try {
            KafkaConsumer<byte[], byte[]> open = opened();
            try {
                toRecent(open);
                begins.complete(null);
                while (!closed) {
                    hear(open);
                }
            } finally {
                Consumers.discard(open);
            }
        } catch (RuntimeException | Error e) {
            if (!begins.completeExceptionally(Failures.of("reading the beats in " + partition, e))) {
                LOG.log(System.Logger.Level.WARNING, "beats are no longer heard by this opening", e);
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> opened() {
        makeTopic();
        KafkaConsumer<byte[], byte[]> open = cluster.consumer("read_uncommitted");
        synchronized (this) {
            if (!closed) {
                consumer = open;
                return open;
            }
        }
        Consumers.discard(open);
        throw Failures.closed();
    }

    private void toRecent(KafkaConsumer<byte[], byte[]> open) {
        open.assign(List.of(partition));
        open.seekToEnd(List.of(partition));
        long end = open.position(partition, cluster.settings().timeout());
        open.seek(partition, Math.max(0, end - RECENT));
    }

    private void hear(KafkaConsumer<byte[], byte[]> open) {
        try {
            Set<String> heard = new HashSet<>();
            open.poll(WAIT).forEach(record -> note(record, heard));
            heard.forEach(log -> listeners.getOrDefault(log, Set.of()).forEach(Runnable::run));
        } catch (WakeupException e) {
            // The loop looks whether this is the end.
        } catch (InvalidOffsetException e) {
            open.seekToEnd(List.of(partition));
        } catch (KafkaException e) {
            LOG.log(System.Logger.Level.DEBUG, "beats cannot be read now", e);
            Pauses.sleep(WAIT);
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Set<String> heard) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null || value == null || value.length != BYTES) {
            return;
        }
        ByteBuffer read = ByteBuffer.wrap(value);
        String log = new String(key, UTF_8);
        Beat beat;
        try {
            beat = new Beat(read.getLong(), Instant.ofEpochSecond(read.getLong(), read.getInt()), read.getLong());
        } catch (DateTimeException | ArithmeticException foreign) {
            return;
        }
        Beat now = newest.merge(log, beat, (before, next) -> next.epoch() < before.epoch() ? before : next);
        if (now == beat) {
            heard.add(log);
        }
    }

    @Override
    public void close() {
        Thread listening;
        synchronized (this) {
            closed = true;
            if (producer != null) {
                Producers.discard(producer);
            }
            if (consumer != null) {
                consumer.wakeup();
            }
            listening = thread;
        }
        if (listening != null) {
            Threads.join(listening, cluster.settings().timeout());
        }
    }
}
