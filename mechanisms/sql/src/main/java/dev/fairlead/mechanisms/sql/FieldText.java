package dev.fairlead.mechanisms.sql;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A text of a field as it stands in the index: its SHA-256, which is short whatever the text, and equal only where the text is. */
final class FieldText {
    private FieldText() {}

    static byte[] of(String text) {
        try {
            ByteBuffer characters = ByteBuffer.allocate(Character.BYTES * text.length());
            characters.asCharBuffer().put(text); // an encoder would take halves of pairs for one another
            return MessageDigest.getInstance("SHA-256").digest(characters.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
