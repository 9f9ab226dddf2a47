package dev.fairlead.planner;

import java.util.Locale;

/** Makes text from a plan file safe to show: no control characters, no line ends, not longer than a line. */
public final class Printable {
    private static final int LONGEST = 60;

    private Printable() {}

    /** The text in back quotes, shortened. */
    public static String quoted(String text) {
        return "`" + shortened(text) + "`";
    }

    public static String shortened(String text) {
        String safe = escaped(text);
        int length = safe.codePointCount(0, safe.length());
        return length <= LONGEST ? safe : safe.substring(0, safe.offsetByCodePoints(0, LONGEST)) + "…";
    }

    public static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(character -> append(safe, character));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int character) {
        if (isPrintable(character)) {
            safe.appendCodePoint(character);
        } else {
            safe.append("\\u").append(String.format(Locale.ROOT, "%04x", character));
        }
    }

    public static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
