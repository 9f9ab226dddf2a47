package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages of a queue as messages of AMQP 0-9-1: the payload is the body, the envelope and what the mechanism notes are headers. */
final class Messages {
    static final String ENVELOPE = Records.ENVELOPE;
    /** How often it was handed out before it was sent anew under the same id. */
    static final String ATTEMPTS = "fairlead-attempts";
    /** The moment before which it is not handed out, in milliseconds since 1970. */
    static final String DUE = "fairlead-due";
    /** How often the server has taken it back from a receiver. */
    private static final String RETURNED = "x-delivery-count";

    private static final int PERSISTENT = 2;
    private static final byte[] NOTHING = {};

    private Messages() {}

    /** A message that was never sent before. */
    static Outgoing fresh(Question message) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(ENVELOPE, message.header());
        return outgoing(UUID.randomUUID().toString(), headers, message.payload());
    }

    /** The same message again, with attempts counted. */
    static Outgoing again(@Nullable String id, Question message, int attempts) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(ENVELOPE, message.header());
        if (attempts > 0) {
            headers.put(ATTEMPTS, attempts);
        }
        return outgoing(id == null ? UUID.randomUUID().toString() : id, headers, message.payload());
    }

    /** The message with one more header. */
    static Outgoing with(Outgoing message, String header, Object value) {
        Map<String, Object> headers = new HashMap<>(message.properties().getHeaders());
        headers.put(header, value);
        return outgoing(message.properties().getMessageId(), headers, message.body());
    }

    private static Outgoing outgoing(String id, Map<String, Object> headers, byte[] body) {
        return new Outgoing(
                new AMQP.BasicProperties.Builder()
                        .messageId(id)
                        .deliveryMode(PERSISTENT)
                        .headers(headers)
                        .build(),
                body);
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

    /** A message as it came; a stranger's header that is too long is cut. */
    static Question question(AMQP.BasicProperties properties, byte[] body) {
        byte[] header = header(properties, ENVELOPE) instanceof byte[] bytes ? bytes : NOTHING;
        return new Question(
                header.length > Question.MAX_HEADER ? Arrays.copyOf(header, Question.MAX_HEADER) : header, body);
    }

    /** How often it was handed out, with this time. */
    static int attempt(AMQP.BasicProperties properties) {
        return (int) Math.min(Integer.MAX_VALUE, number(properties, ATTEMPTS) + number(properties, RETURNED) + 1);
    }

    /** How often it was handed out before it was sent anew. */
    static int counted(AMQP.BasicProperties properties) {
        return (int) Math.min(Integer.MAX_VALUE, number(properties, ATTEMPTS));
    }

    /** Whether a receiver had it before without sending it anew. */
    static boolean isReturned(AMQP.BasicProperties properties) {
        return number(properties, RETURNED) > 0;
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
