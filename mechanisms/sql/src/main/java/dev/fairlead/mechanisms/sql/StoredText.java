package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.input.LogLimits;
import java.util.regex.Pattern;

/** Text as every database can hold it. */
final class StoredText {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private StoredText() {}

    static void checkGroup(String group) {
        LogLimits.checkGroup(group);
        if (CONTROL.matcher(group).find()) {
            throw LogLimits.bad("a group's name has no control character: " + group);
        }
    }

    static void checkField(String log, String name) {
        if (name.isEmpty()
                || name.length() > SearchedFields.MAX_NAME
                || !of(name, name.length()).equals(name)) {
            throw LogLimits.bad("log " + log + ": the name of a field has 1 to " + SearchedFields.MAX_NAME
                    + " characters that every database can hold");
        }
    }

    /** The text without the character zero and halves of pairs, and cut to the length. */
    static String of(String text, int longest) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? '\uFFFD'
                        : point)
                .forEach(kept::appendCodePoint);
        int length = Math.min(longest, kept.length());
        boolean cutsPair = length > 0 && length < kept.length() && Character.isHighSurrogate(kept.charAt(length - 1));
        return kept.substring(0, cutsPair ? length - 1 : length);
    }
}
