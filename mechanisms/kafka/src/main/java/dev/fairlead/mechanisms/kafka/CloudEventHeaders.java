package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The attributes of CloudEvents in a record's headers, in binary mode of the Kafka protocol binding 1.0.2. */
final class CloudEventHeaders {
    private static final String BEFORE = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final String DATA_CONTENT_TYPE = "datacontenttype";

    /** No header is made of attributes with this text. */
    private static final String UNREADABLE = "\ufffd";

    private CloudEventHeaders() {}

    static void write(Map<String, String> attributes, List<Header> headers) {
        attributes.forEach((name, value) -> headers.add(new RecordHeader(
                name.equals(DATA_CONTENT_TYPE) ? CONTENT_TYPE : BEFORE + name, value.getBytes(UTF_8))));
    }

    /** The attributes of a record. A record without a time was written when the topic says. */
    static Map<String, String> read(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> attributes = new HashMap<>();
        for (Header header : record.headers()) {
            String name = header.key().toLowerCase(Locale.ROOT);
            if (name.startsWith(BEFORE)) {
                put(attributes, name.substring(BEFORE.length()), header.value());
            } else if (name.equals(CONTENT_TYPE)) {
                put(attributes, DATA_CONTENT_TYPE, header.value());
            }
        }
        if (record.timestamp() >= 0) {
            attributes.putIfAbsent(
                    "time", Instant.ofEpochMilli(record.timestamp()).toString());
        }
        return attributes;
    }

    private static void put(Map<String, String> attributes, String name, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        try {
            attributes.put(
                    name, UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
        } catch (CharacterCodingException unreadable) {
            attributes.put(name, UNREADABLE);
        }
    }
}
