package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.Question;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored, wherever it is in its queue.
 *
 * @param attempts how often it had been handed out when this was written
 * @param since the wall clock's milliseconds when it was sent, or became a dead letter
 * @param error of a dead letter, else empty
 */
record StoredMessage(int attempts, long since, String error, Question message) {
    private static final int FIXED = 4 + 8 + 4 + 4;
    private static final byte[] NONE = {};

    /** How much it holds in memory, about. */
    int size() {
        return message.size() + FIXED;
    }

    byte[] bytes() {
        byte[] why = error.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(FIXED + why.length + message.size())
                .putInt(attempts)
                .putLong(since)
                .putInt(why.length)
                .putInt(message.header().length)
                .put(why)
                .put(message.header())
                .put(message.payload())
                .array();
    }

    /** As {@link #parse}, and fails with STORAGE_DAMAGED when that is not possible. */
    static StoredMessage read(Database database, byte[] bytes) {
        try {
            return parse(bytes);
        } catch (IllegalArgumentException e) {
            throw StorageFailures.garbled(database.place(), e);
        }
    }

    /** What a garbled row is set aside as: a dead letter without a header, whose payload is the row. */
    static StoredMessage garbled(byte[] row, long now) {
        return new StoredMessage(
                0, now, "the stored message is garbled; its payload is what was found", new Question(NONE, row));
    }

    /** @throws IllegalArgumentException when it is none */
    static StoredMessage parse(byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        if (bytes.length < FIXED) {
            throw new IllegalArgumentException("a message of " + bytes.length + " bytes");
        }
        int attempts = source.getInt();
        long since = source.getLong();
        int why = source.getInt();
        int headerLength = source.getInt();
        if (attempts < 0 || why < 0 || headerLength < 0 || (long) why + headerLength > source.remaining()) {
            throw new IllegalArgumentException("a message with parts of " + why + " and " + headerLength + " bytes");
        }
        byte[] error = new byte[why];
        byte[] header = new byte[headerLength];
        source.get(error).get(header);
        byte[] payload = new byte[source.remaining()];
        source.get(payload);
        return new StoredMessage(
                attempts, since, new String(error, StandardCharsets.UTF_8), new Question(header, payload));
    }

    /** As {@link #parse}, and nothing when that is not possible. */
    static @Nullable StoredMessage parseable(byte[] bytes) {
        try {
            return parse(bytes);
        } catch (IllegalArgumentException garbled) {
            return null;
        }
    }
}
