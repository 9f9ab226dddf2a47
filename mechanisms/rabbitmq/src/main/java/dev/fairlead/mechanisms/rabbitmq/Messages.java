package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Messages of a queue as messages of AMQP 0-9-1: the payload is the body, the envelope and what the mechanism notes are headers. */
final class Messages {
    static final String ENVELOPE = Records.ENVELOPE;
    /** How often it was handed out before it was sent anew under the same id. */
    static final String ATTEMPTS = "fairlead-attempts";
    /** The moment before which it is not handed out, in milliseconds since 1970. */
    static final String DUE = "fairlead-due";
    /** The number of the dead letter as which it was set aside before it was sent again. */
    private static final String LETTER = "fairlead-letter";
    /** How often the server has taken it back from a receiver. */
    private static final String RETURNED = "x-delivery-count";

    private static final int PERSISTENT = 2;
    private static final byte[] NOTHING = {};
    /** A process draws its first id only, and counts on from there: the source of random numbers takes time and a lock. */
    private static final UUID FIRST = UUID.randomUUID();

    private static final AtomicLong IDS = new AtomicLong(FIRST.getLeastSignificantBits());

    private Messages() {}

    private static String newId() {
        return new UUID(FIRST.getMostSignificantBits(), IDS.getAndIncrement()).toString();
    }

    /** A message that was never sent before. */
    static Outgoing fresh(Question message) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(ENVELOPE, message.header());
        Map<String, String> attributes = message.attributes();
        attributes.forEach((attribute, value) -> headers.put(CloudEventProperties.name(attribute), value));
        headers.remove(CloudEventProperties.name(CloudEventProperties.CONTENT_TYPE));
        return new Outgoing(
                new AMQP.BasicProperties.Builder()
                        .messageId(newId())
                        .contentType(attributes.get(CloudEventProperties.CONTENT_TYPE))
                        .deliveryMode(PERSISTENT)
                        .headers(headers)
                        .build(),
                message.payload());
    }

    /** A dead letter that is sent again. */
    static Outgoing redriven(DeadLetter letter) {
        return with(fresh(letter.message()), LETTER, letter.number());
    }

    /** The same message again, with attempts counted. */
    static Outgoing again(AMQP.BasicProperties properties, byte[] body, int attempts) {
        Map<String, Object> headers = new HashMap<>();
        if (properties.getHeaders() != null) {
            headers.putAll(properties.getHeaders());
        }
        headers.keySet().removeIf(name -> name.startsWith("x-"));
        headers.remove(DUE);
        headers.put(ATTEMPTS, (long) attempts);
        String id = properties.getMessageId();
        return new Outgoing(
                new AMQP.BasicProperties.Builder()
                        .messageId(id == null ? newId() : id)
                        .contentType(properties.getContentType())
                        .deliveryMode(PERSISTENT)
                        .headers(headers)
                        .build(),
                body);
    }

    /** The message with one more header. */
    static Outgoing with(Outgoing message, String header, Object value) {
        Map<String, Object> headers = new HashMap<>(message.properties().getHeaders());
        headers.put(header, value);
        return new Outgoing(message.properties().builder().headers(headers).build(), message.body());
    }

    /** What may be lost, and is thrown away after the time. */
    static Outgoing passing(byte[] body, Duration keep) {
        return new Outgoing(
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(1)
                        .expiration(Long.toString(Math.max(1, keep.toMillis())))
                        .build(),
                body);
    }

    /** What is to be published. */
    record Outgoing(AMQP.BasicProperties properties, byte[] body) {}

    /** A message as it came; one that breaks the limits was sent by a stranger, and comes without its content. */
    static Question question(AMQP.BasicProperties properties, byte[] body) {
        byte[] header = header(properties, ENVELOPE) instanceof byte[] bytes ? bytes : NOTHING;
        if (header.length == 0) {
            header = ForeignHeader.of(CloudEventProperties.read(properties.getHeaders(), properties.getContentType()));
        }
        return header.length > Question.MAX_HEADER || body.length > Question.MAX_PAYLOAD
                ? new Question(NOTHING, NOTHING)
                : new Question(header, body);
    }

    /** How often it was handed out, with this time. */
    static int attempt(AMQP.BasicProperties properties) {
        return (int) Math.min(Integer.MAX_VALUE, number(properties, ATTEMPTS) + number(properties, RETURNED) + 1);
    }

    /** How often it was handed out before it was sent anew. */
    static int counted(AMQP.BasicProperties properties) {
        return (int) Math.min(Integer.MAX_VALUE, number(properties, ATTEMPTS));
    }

    /** Whether the server took it back, or it was sent anew under an id of ours: only then it may be a dead letter besides. */
    static boolean mayBeLetter(AMQP.BasicProperties properties) {
        return wasReturned(properties)
                || (header(properties, ATTEMPTS) != null && header(properties, ENVELOPE) instanceof byte[]);
    }

    /** Whether somebody had it, and the server took it back. */
    static boolean wasReturned(AMQP.BasicProperties properties) {
        return number(properties, RETURNED) > 0;
    }

    /** The number of the dead letter that it was; -1 if it was none. */
    static long letter(AMQP.BasicProperties properties) {
        return header(properties, LETTER) instanceof Number number ? number.longValue() : -1;
    }

    static long due(AMQP.BasicProperties properties) {
        return number(properties, DUE);
    }

    private static long number(AMQP.BasicProperties properties, String name) {
        return header(properties, name) instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    private static @Nullable Object header(AMQP.BasicProperties properties, String name) {
        Map<String, Object> headers = properties.getHeaders();
        return headers == null ? null : headers.get(name);
    }
}
