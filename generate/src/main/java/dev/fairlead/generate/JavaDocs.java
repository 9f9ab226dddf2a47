package dev.fairlead.generate;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;

/** Comments of the generated Java, from texts that anybody may have written. */
final class JavaDocs {
    private JavaDocs() {}

    /** The text as it can stand in a Javadoc comment: it cannot end the comment, begin a tag or be an escape of the compiler's. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '@' -> escaped.append("&#64;");
                case '\\' -> escaped.append("&#92;");
                case '*' -> escaped.append("&#42;");
                default -> escaped.appendCodePoint(isPlain(character) ? character : ' ');
            }
        });
        return escaped.toString().strip();
    }

    private static boolean isPlain(int character) {
        return !Character.isISOControl(character)
                && !Character.isSurrogate((char) Math.min(character, Character.MAX_VALUE))
                && Character.getType(character) != Character.FORMAT
                && character != '\u2028'
                && character != '\u2029';
    }

    /** What is to be said of a field beyond its type; empty when there is nothing. */
    static String of(Field field) {
        return escaped(Remarks.of(field, DataClass.INTERNAL));
    }
}
