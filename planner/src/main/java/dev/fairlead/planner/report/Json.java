package dev.fairlead.planner.report;

import java.util.Locale;

/** Writes text as JSON that may stand inside a page: nothing in it can end the element that it stands in. */
final class Json {
    private Json() {}

    static String text(String text) {
        StringBuilder written = new StringBuilder("\"");
        text.chars().forEach(character -> {
            boolean isPlain = character >= ' ' && character < 127 && "\"\\<>&'".indexOf(character) < 0;
            written.append(isPlain ? (char) character + "" : String.format(Locale.ROOT, "\\u%04x", character));
        });
        return written.append('"').toString();
    }
}
