package dev.fairlead.spi.wire;

import dev.fairlead.spi.Question;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first half of the SHA-256 of a message: the same for messages of the same content, and of no others that anybody could find. */
public record ContentDigest(long high, long low) implements Comparable<ContentDigest> {
    /** Before all others. */
    public static final ContentDigest FIRST = new ContentDigest(Long.MIN_VALUE, Long.MIN_VALUE);

    /** Behind all others. */
    public static final ContentDigest LAST = new ContentDigest(Long.MAX_VALUE, Long.MAX_VALUE);

    /** The digest of the message. */
    public static ContentDigest of(Question message) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(message.header().length)
                    .flip());
            sha.update(message.header());
            ByteBuffer digest = ByteBuffer.wrap(sha.digest(message.payload()));
            return new ContentDigest(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int compareTo(ContentDigest other) {
        int order = Long.compare(high, other.high);
        return order != 0 ? order : Long.compare(low, other.low);
    }
}
