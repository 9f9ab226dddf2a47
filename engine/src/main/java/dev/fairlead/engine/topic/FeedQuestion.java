package dev.fairlead.engine.topic;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.Question;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a reader asks an owner: for a page from an offset on, or for the newest record of a key.
 *
 * @param key whose newest record is wanted; empty for a page
 * @param offset where the page is to begin
 * @param most how many records the page may have
 * @param skip how many bytes of the payload of the first record the reader has already
 */
record FeedQuestion(byte[] key, long offset, int most, int skip) {
    private static final byte FORMAT = 1;
    private static final byte[] NOTHING = {};
    private static final int FIXED = 1 + Long.BYTES + 2 * Integer.BYTES;

    static FeedQuestion page(long offset, int most) {
        return new FeedQuestion(NOTHING, offset, most, 0);
    }

    static FeedQuestion newest(byte[] key) {
        return new FeedQuestion(key, 0, 1, 0);
    }

    FeedQuestion skipping(int bytes) {
        return new FeedQuestion(key, offset, most, bytes);
    }

    boolean isOfKey() {
        return key.length > 0;
    }

    Question packed() {
        byte[] payload = ByteBuffer.allocate(FIXED + key.length)
                .put(FORMAT)
                .putLong(offset)
                .putInt(most)
                .putInt(skip)
                .put(key)
                .array();
        return new Question(NOTHING, payload);
    }

    /** Empty for what no reader of ours has asked. */
    static Optional<FeedQuestion> of(Question question) {
        ByteBuffer bytes = ByteBuffer.wrap(question.payload());
        try {
            byte format = bytes.get();
            long offset = bytes.getLong();
            int most = bytes.getInt();
            int skip = bytes.getInt();
            byte[] key = new byte[bytes.remaining()];
            bytes.get(key);
            boolean sane = format == FORMAT && offset >= 0 && most > 0 && skip >= 0 && key.length <= LogEntry.MAX_KEY;
            return sane ? Optional.of(new FeedQuestion(key, offset, most, skip)) : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }
}
