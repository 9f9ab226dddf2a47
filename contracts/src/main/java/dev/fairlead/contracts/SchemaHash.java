package dev.fairlead.contracts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a schema's canonical text: equal schemas have equal hashes on every machine and in every release. */
public record SchemaHash(String hex) {

    public SchemaHash {
        Check.that(hex.matches("[0-9a-f]{64}"), "a schema hash is 64 hexadecimal digits");
    }

    /** The hash of a canonical text. */
    public static SchemaHash of(String canonicalText) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonicalText.getBytes(StandardCharsets.UTF_8));
            return new SchemaHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
