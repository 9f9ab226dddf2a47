package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Translates between records and messages of Fairlead and records of a topic: key and value stay plain, the envelope is one header, with the
 * attributes of CloudEvents beside it where they are to be.
 */
final class Records {
    /** The header that holds the envelope. */
    static final String ENVELOPE = "fairlead";

    /** The header that holds the moment before which a message is not handed out, as in ISO 8601. */
    static final String NOT_BEFORE = "fairlead-not-before";

    private static final byte[] NOTHING = {};
    /** A foreign record without a key would look like an erased one. */
    private static final byte[] NO_KEY = {0};

    private Records() {}

    static ProducerRecord<byte[], byte[]> of(String topic, LogEntry entry, Instant time) {
        List<Header> headers = headers(entry.header(), entry.attributes());
        return new ProducerRecord<>(topic, 0, Math.max(0, time.toEpochMilli()), entry.key(), entry.payload(), headers);
    }

    /** A message of a queue; {@code notBefore} null for one that is to be handed out at once. */
    static ProducerRecord<byte[], byte[]> of(String topic, Question message, @Nullable Instant notBefore) {
        List<Header> headers = headers(message.header(), message.attributes());
        if (notBefore != null) {
            headers.add(new RecordHeader(NOT_BEFORE, notBefore.toString().getBytes(UTF_8)));
        }
        return new ProducerRecord<>(topic, 0, null, null, message.payload(), headers);
    }

    private static List<Header> headers(byte[] envelope, Map<String, String> attributes) {
        List<Header> headers = new ArrayList<>(attributes.size() + 2);
        if (envelope.length > 0) {
            headers.add(new RecordHeader(ENVELOPE, envelope));
        }
        CloudEventHeaders.write(attributes, headers);
        return headers;
    }

    /** What breaks the limits was written by a stranger; it comes without its content, which no envelope fits then. */
    static LogRecord of(ConsumerRecord<byte[], byte[]> record, long emptyFrom) {
        byte[] key = orNothing(record.key());
        byte[] payload = orNothing(record.value());
        byte[] header = envelope(record);
        if (header.length == 0) {
            Map<String, String> attributes = CloudEventHeaders.read(record);
            header = ForeignHeader.of(attributes);
            key = key.length == 0 ? ForeignHeader.key(attributes) : key;
        }
        boolean foreign = key.length == 0
                || key.length > LogEntry.MAX_KEY
                || header.length > LogEntry.MAX_HEADER
                || payload.length > LogEntry.MAX_PAYLOAD;
        return foreign
                ? new LogRecord(record.offset(), emptyFrom, NO_KEY, NOTHING, NOTHING)
                : new LogRecord(record.offset(), emptyFrom, key, header, payload);
    }

    /** A message; one that breaks the limits was sent by a stranger, and comes without its content. */
    static Question message(ConsumerRecord<byte[], byte[]> record) {
        byte[] payload = orNothing(record.value());
        byte[] header = envelope(record);
        if (header.length == 0) {
            header = ForeignHeader.of(CloudEventHeaders.read(record));
        }
        boolean foreign = header.length > Question.MAX_HEADER || payload.length > Question.MAX_PAYLOAD;
        return foreign ? new Question(NOTHING, NOTHING) : new Question(header, payload);
    }

    private static byte[] envelope(ConsumerRecord<byte[], byte[]> record) {
        Header envelope = record.headers().lastHeader(ENVELOPE);
        return envelope == null ? NOTHING : orNothing(envelope.value());
    }

    /** When a message may be handed out; null for at once, and where a stranger wrote something else. */
    static @Nullable Instant notBefore(ConsumerRecord<byte[], byte[]> record) {
        Header moment = record.headers().lastHeader(NOT_BEFORE);
        if (moment == null || moment.value() == null) {
            return null;
        }
        try {
            return Instant.parse(new String(moment.value(), UTF_8));
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static byte[] orNothing(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }
}
