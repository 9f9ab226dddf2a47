package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Translates between records of a log and records of a topic: key and value stay plain, the envelope is one header. */
final class Records {
    /** The header that holds the envelope. */
    static final String ENVELOPE = "fairlead";

    private static final byte[] NOTHING = {};
    /** A foreign record without a key would look like an erased one. */
    private static final byte[] NO_KEY = {0};

    private Records() {}

    static ProducerRecord<byte[], byte[]> of(String topic, LogEntry entry, Instant time) {
        List<Header> headers =
                entry.header().length == 0 ? List.of() : List.of(new RecordHeader(ENVELOPE, entry.header()));
        return new ProducerRecord<>(topic, 0, Math.max(0, time.toEpochMilli()), entry.key(), entry.payload(), headers);
    }

    /** What breaks the limits was written by a stranger; it comes without its content, which no envelope fits then. */
    static LogRecord of(ConsumerRecord<byte[], byte[]> record, long emptyFrom) {
        byte[] key = orNothing(record.key());
        byte[] payload = orNothing(record.value());
        Header envelope = record.headers().lastHeader(ENVELOPE);
        byte[] header = envelope == null ? NOTHING : orNothing(envelope.value());
        boolean foreign = key.length == 0
                || key.length > LogEntry.MAX_KEY
                || header.length > LogEntry.MAX_HEADER
                || payload.length > LogEntry.MAX_PAYLOAD;
        return foreign
                ? new LogRecord(record.offset(), emptyFrom, NO_KEY, NOTHING, NOTHING)
                : new LogRecord(record.offset(), emptyFrom, key, header, payload);
    }

    private static byte[] orNothing(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }
}
