package dev.fairlead.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fields by which the values of a log are found, and how their texts are read from a payload.
 *
 * <p>A mechanism knows no codec, so whoever claims the log brings the reading along. What counts as equal has one text, and texts are
 * compared character by character.
 *
 * @param names of the fields, each of at most {@link #MAX_NAME} characters
 * @param reading gives the texts of a payload; a field without a text is left out, and so are all of a payload that cannot be read
 */
public record SearchedFields(Set<String> names, Reading reading) {
    /** The longest name of a field, in characters. */
    public static final int MAX_NAME = 200;

    /** No fields: nothing is found. */
    public static final SearchedFields NONE = new SearchedFields(Set.of(), payload -> Map.of());

    public SearchedFields {
        names = Set.copyOf(names);
    }

    /** Reads the texts of fields from payloads. Safe for many threads; never fails. */
    @FunctionalInterface
    public interface Reading {
        /** By field its text, of a payload that is not empty. */
        Map<String, String> texts(byte[] payload);
    }

    /** By field its text, of these fields only; nothing of a removal. */
    public Map<String, String> texts(byte[] payload) {
        if (payload.length == 0 || names.isEmpty()) {
            return Map.of();
        }
        Map<String, String> texts = new HashMap<>(reading.texts(payload));
        texts.keySet().retainAll(names);
        return texts;
    }
}
