package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.MessageBuilder;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as messages of AMQP 1.0: the payload is the body, key and envelope are application properties.
 *
 * <p>Each message of a writer also carries the id under which it was published, and a mark instead of a record says that a log was made,
 * claimed or taken up again.
 */
final class Records {
    static final String ENVELOPE = "fairlead";
    static final String KEY = "fairlead-key";
    /** In a mark: whose it is. */
    static final String MARK = "fairlead-mark";
    /** The text of the mark with which a log begins. */
    static final String BEGINNING = "beginning";

    static final String ID = "x-fairlead-id";
    private static final byte[] NOTHING = {};
    /** A foreign record without a key would look like an erased one. */
    private static final byte[] NO_KEY = {0};

    private Records() {}

    static Message of(MessageBuilder builder, LogEntry entry, long id) {
        MessageBuilder message = builder.messageAnnotations()
                .entry(ID, id)
                .messageBuilder()
                .applicationProperties()
                .entry(KEY, entry.key())
                .entry(ENVELOPE, entry.header())
                .messageBuilder()
                .addData(entry.payload());
        entry.attributes().forEach((attribute, value) -> {
            if (attribute.equals(CloudEventProperties.CONTENT_TYPE)) {
                message.properties().contentType(value);
            } else {
                message.applicationProperties().entry(CloudEventProperties.name(attribute), value);
            }
        });
        return message.build();
    }

    /** A mark, which no reader takes for a record. */
    static Message mark(MessageBuilder builder, String text, long id) {
        return builder.messageAnnotations()
                .entry(ID, id)
                .messageBuilder()
                .applicationProperties()
                .entry(MARK, text)
                .messageBuilder()
                .addData(NOTHING)
                .build();
    }

    /** The id under which one of ours was published, -1 for a stranger's. */
    static long id(Message message) {
        return message.getMessageAnnotations() != null
                        && message.getMessageAnnotations().get(ID) instanceof Long id
                ? id
                : -1;
    }

    /** The text of a mark; none for a record. */
    static @Nullable String mark(Message message) {
        return property(message, MARK) instanceof String text ? text : null;
    }

    /** A record; one that breaks the limits was written by a stranger, and comes without its content. */
    static LogRecord of(long offset, long emptyFrom, Message message) {
        byte[] body = message.getBodyAsBinary();
        byte[] payload = body == null ? NOTHING : body;
        byte[] key = bytes(property(message, KEY));
        byte[] header = bytes(property(message, ENVELOPE));
        if (header.length == 0) {
            Map<String, String> attributes = CloudEventProperties.read(
                    message.getApplicationProperties(),
                    message.getProperties() == null
                            ? null
                            : message.getProperties().getContentType());
            header = ForeignHeader.of(attributes);
            key = key.length == 0 ? ForeignHeader.key(attributes) : key;
        }
        boolean foreign = key.length == 0
                || key.length > LogEntry.MAX_KEY
                || header.length > LogEntry.MAX_HEADER
                || payload.length > LogEntry.MAX_PAYLOAD;
        return foreign
                ? new LogRecord(offset, emptyFrom, NO_KEY, NOTHING, NOTHING)
                : new LogRecord(offset, emptyFrom, key, header, payload);
    }

    private static @Nullable Object property(Message message, String name) {
        Map<String, Object> properties = message.getApplicationProperties();
        return properties == null ? null : properties.get(name);
    }

    private static byte[] bytes(@Nullable Object value) {
        return value instanceof byte[] given ? given : value instanceof String text ? text.getBytes(UTF_8) : NOTHING;
    }
}
