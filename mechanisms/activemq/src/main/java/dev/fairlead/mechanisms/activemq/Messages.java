package dev.fairlead.mechanisms.activemq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.Question;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.apache.qpid.protonj2.types.Binary;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.Section;

/**
 * How messages look on the wire: the payload is the body as it is, and what belongs to Fairlead stands in application properties, all of
 * types that JMS knows, since ActiveMQ Classic keeps messages as JMS ones.
 */
final class Messages {
    /** The packed envelope in base64. */
    static final String ENVELOPE = "fairlead_envelope";
    /** How often the message was handed out before it was written in this form. */
    static final String ATTEMPTS = "fairlead_attempts";
    /** Nanoseconds since 1970 before which it is not handed out. */
    static final String DUE = "fairlead_due";
    /** The number of a dead letter. */
    static final String NUMBER = "fairlead_number";
    /** Why it was set aside, or dismissed. */
    static final String REASON = "fairlead_reason";
    /** Nanoseconds since 1970 when it was set aside, or dismissed. */
    static final String SINCE = "fairlead_since";
    /** What a note tells. */
    static final String NOTE = "fairlead_note";

    private static final String EVENT = "cloudEvents_";
    private static final String OTHER_EVENT = "cloudEvents:";
    private static final String CONTENT_TYPE = "datacontenttype";

    private Messages() {}

    /** One that the broker throws away after a while, or when it ends. */
    static Message<byte[]> passing(byte[] bytes, Duration keep) throws ClientException {
        return Message.create(bytes).durable(false).timeToLive(Math.max(1, keep.toMillis()));
    }

    static Message<byte[]> of(Question question) throws ClientException {
        Message<byte[]> message = Message.create(question.payload()).durable(true);
        if (question.header().length > 0) {
            message.property(ENVELOPE, Base64.getEncoder().encodeToString(question.header()));
        }
        for (Map.Entry<String, String> attribute : question.attributes().entrySet()) {
            if (attribute.getKey().equals(CONTENT_TYPE)) {
                message.contentType(attribute.getValue());
            } else {
                message.property(EVENT + attribute.getKey(), attribute.getValue());
            }
        }
        return message;
    }

    /** What was delivered; bytes that are no message of AMQP become the body of one. */
    static Message<?> of(Delivery delivery) throws ClientException {
        try {
            return delivery.message();
        } catch (ClientException | RuntimeException e) {
            try (InputStream raw = delivery.rawInputStream()) {
                return Message.create(raw.readNBytes(Question.MAX_PAYLOAD)).durable(true);
            } catch (IOException | RuntimeException none) {
                return Message.create(new byte[0]).durable(true); // There are no bytes at all.
            }
        }
    }

    /** The same message to be sent once more, as one that was never delivered. */
    static Message<?> copy(Message<?> message) throws ClientException {
        message.durable(true).deliveryCount(0).firstAcquirer(false);
        return message;
    }

    static Question question(Message<?> message) throws ClientException {
        return new Question(header(message), payload(message));
    }

    private static byte[] header(Message<?> message) throws ClientException {
        if (message.property(ENVELOPE) instanceof String packed) {
            try {
                return Base64.getDecoder().decode(packed);
            } catch (IllegalArgumentException foreign) {
                return new byte[0];
            }
        }
        Map<String, String> attributes = new HashMap<>();
        message.forEachProperty((name, value) -> {
            if (name.startsWith(EVENT) || name.startsWith(OTHER_EVENT)) {
                attributes.put(name.substring(EVENT.length()), String.valueOf(value));
            }
        });
        String contentType = message.contentType();
        if (contentType != null) {
            attributes.put(CONTENT_TYPE, contentType);
        }
        return ForeignHeader.of(attributes);
    }

    static byte[] payload(Message<?> message) throws ClientException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Section<?> section : message.toAdvancedMessage().bodySections()) {
            bytes.writeBytes(bytes(section));
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(Section<?> section) {
        Object value = switch (section) {
            case Data data -> data.getValue();
            case AmqpValue<?> single -> single.getValue();
            default -> section.getValue();
        };
        return switch (value) {
            case null -> new byte[0];
            case byte[] bytes -> bytes;
            case Binary binary -> binary.asByteArray();
            case Object other -> other.toString().getBytes(UTF_8);
        };
    }

    static long number(Message<?> message, String property) throws ClientException {
        return message.property(property) instanceof Number number ? number.longValue() : 0;
    }

    static String text(Message<?> message, String property) throws ClientException {
        return message.property(property) instanceof String text ? text : "";
    }

    /** How often it was handed out so far: as far as it was written, and by the broker's count since. */
    static int attempts(Message<?> message) throws ClientException {
        long counted = Math.max(0, number(message, ATTEMPTS)) + message.deliveryCount();
        return (int) Math.min(counted, Integer.MAX_VALUE - 1);
    }
}
