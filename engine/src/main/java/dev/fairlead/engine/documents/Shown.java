package dev.fairlead.engine.documents;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message shows of a document: names, and what something is, but no values, which may be personal. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** A name, cut and without control characters. */
    static String text(@Nullable Object name) {
        String text = String.valueOf(name);
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }

    /** Of what kind a value is. */
    static String kind(Object value) {
        return switch (value) {
            case Map<?, ?> map -> "an object";
            case List<?> list -> "an array";
            case String text -> "text that does not fit";
            case Boolean bool -> "a truth value";
            default -> "a number that does not fit";
        };
    }
}
