package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Uninterrupted;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The one producer of an opening for all its queues: what is written through it stands in the order of the calls. Safe for many threads. */
final class QueueWriter implements AutoCloseable {
    /** The header that tells a step from a message: who took it, and the number of the step there. */
    static final String STEP = "fairlead-step";

    private static final Duration ORDERLY = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final UUID opening = UUID.randomUUID();
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private volatile boolean closed;

    QueueWriter(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Names this opening in its steps. */
    UUID opening() {
        return opening;
    }

    void step(Topic topic, long number, QueueStep step, BiConsumer<Long, @Nullable FairleadException> done) {
        byte[] name = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(opening.getMostSignificantBits())
                .putLong(opening.getLeastSignificantBits())
                .putLong(number)
                .array();
        List<Header> headers = List.of(new RecordHeader(STEP, name));
        write(new ProducerRecord<>(topic.name(), 0, null, null, QueueSteps.pack(step), headers), done);
    }

    /** @param done gets the offset, or why there is none, on the producer's thread */
    void write(ProducerRecord<byte[], byte[]> record, BiConsumer<Long, @Nullable FairleadException> done) {
        String what = "writing to " + record.topic();
        try {
            Uninterrupted.run(() -> producer().send(record, (written, failure) -> {
                if (failure == null) {
                    done.accept(written.offset(), null);
                } else {
                    done.accept(-1L, failed(what, failure));
                }
            }));
        } catch (KafkaException | IllegalStateException e) {
            FairleadException failure = closed ? Failures.closed() : Failures.of(what, e);
            done.accept(-1L, failure);
        }
    }

    /** A record that was on its way may have arrived, unless the broker said that it will not have it. */
    private FairleadException failed(String what, Exception failure) {
        FairleadException known = Failures.of(what, failure);
        boolean refused = failure instanceof RecordTooLargeException
                || known.code() == ErrorCode.STORAGE_ACCESS
                || known.code() == ErrorCode.STORAGE_DAMAGED;
        return refused
                ? known
                : Failures.failure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        what + " was not acknowledged, so it may or may not be there: " + failure.getMessage(),
                        failure);
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (closed) {
            throw Failures.closed();
        }
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            open = cluster.orderedProducer();
            producer = open;
        }
        return open;
    }

    /** Gives what is on its way a moment to arrive. */
    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> open;
        synchronized (this) {
            closed = true;
            open = producer;
            producer = null;
        }
        if (open != null) {
            Uninterrupted.run(() -> open.close(ORDERLY));
        }
    }
}
