package dev.fairlead.node;

import dev.fairlead.node.outcomes.Outcomes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The {@code Idempotency-Key} of a call: its own text, and what the owner's handler knows it by, which is the same whichever node is
 * called, now and later.
 */
record RequestKey(Outcomes.Call call, UUID forHandler) {
    static final String HEADER = "Idempotency-Key";
    private static final Pattern FORM = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255}");
    private static final String BETWEEN = "\n";
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** The key of this call; nothing when it has none. Fails with BAD_REQUEST when it is malformed. */
    static Optional<RequestKey> of(Exchange exchange, String item) {
        String header = exchange.header(HEADER);
        if (header == null) {
            return Optional.empty();
        }
        boolean isQuoted = header.length() > 2 && header.startsWith("\"") && header.endsWith("\"");
        String key = isQuoted ? header.substring(1, header.length() - 1) : header;
        if (!FORM.matcher(key).matches()) {
            throw new Problem(
                    ProblemType.BAD_REQUEST, HEADER + " has 1 to 255 characters of ASCII, without spaces and quotes");
        }
        String caller = CallerName.of(exchange.caller());
        return Optional.of(new RequestKey(new Outcomes.Call(caller, item, key), named(caller, item, key)));
    }

    /** A UUID of version 8, whose bits are a digest of the names. */
    private static UUID named(String caller, String item, String key) {
        ByteBuffer bits =
                ByteBuffer.wrap(digest((caller + BETWEEN + item + BETWEEN + key).getBytes(StandardCharsets.UTF_8)));
        long high = bits.getLong() & ~0xF000L | VERSION_8;
        long low = bits.getLong() >>> 2 | VARIANT;
        return new UUID(high, low);
    }

    static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
