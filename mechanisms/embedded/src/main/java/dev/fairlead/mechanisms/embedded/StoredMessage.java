package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.Question;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message as it is stored, wherever it is in its queue.
 *
 * @param attempts how often it had been handed out when this was written
 * @param since the wall clock's milliseconds when it was sent, or became a dead letter
 * @param error of a dead letter, else empty
 */
record StoredMessage(int attempts, long since, String error, Question message) {
    private static final int FIXED = 4 + 8 + 4 + 4;

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
        } catch (RuntimeException e) {
            throw StorageFailures.garbled(database.place(), e);
        }
    }

    static StoredMessage parse(byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        int attempts = source.getInt();
        long since = source.getLong();
        byte[] why = new byte[source.getInt()];
        byte[] header = new byte[source.getInt()];
        source.get(why).get(header);
        byte[] payload = new byte[source.remaining()];
        source.get(payload);
        return new StoredMessage(
                attempts, since, new String(why, StandardCharsets.UTF_8), new Question(header, payload));
    }
}
