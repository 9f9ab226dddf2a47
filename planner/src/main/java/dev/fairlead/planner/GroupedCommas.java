package dev.fairlead.planner;

/**
 * Hides the commas of {@code enum(EUR, USD)} and {@code decimal(12,2)} from the YAML scanner, which would end a value at them
 * inside braces and square brackets.
 *
 * <p>A comma between parentheses of one line is replaced by a private character of the same width, so that no place moves, and
 * put back in every text that comes out. Parentheses that hold quotes, brackets, {@code :} or {@code #} are left alone: they
 * may only look like a pair.
 */
final class GroupedCommas {
    static final char HIDDEN = '\uE02C';

    private static final String NEVER_INSIDE = "{}[]\"'#:\n\r";

    private GroupedCommas() {}

    static String hide(String text) {
        if (text.indexOf('(') < 0) {
            return text;
        }
        char[] characters = text.toCharArray();
        int depth = 0;
        int start = 0;
        for (int index = 0; index < characters.length; index++) {
            char character = characters[index];
            if (character == '(') {
                start = depth == 0 ? index : start;
                depth++;
            } else if (character == ')' && depth > 0) {
                depth--;
                if (depth == 0) {
                    replace(characters, start, index);
                }
            } else if (depth > 0 && NEVER_INSIDE.indexOf(character) >= 0) {
                depth = 0;
            }
        }
        return new String(characters);
    }

    static String show(String text) {
        return text.replace(HIDDEN, ',');
    }

    private static void replace(char[] characters, int from, int to) {
        for (int index = from; index < to; index++) {
            if (characters[index] == ',') {
                characters[index] = HIDDEN;
            }
        }
    }
}
