package dev.fairlead.planner;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of one plan file, checked to be UTF-8 without characters that no editor shows. */
record SourceText(String file, String text) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char DELETE = '\u007F';

    /** Decodes a file's bytes; a fault is reported at its place and gives null. */
    static @Nullable SourceText of(String file, byte[] bytes, Findings findings) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer characters = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), characters, true);
        String text = characters.flip().toString();
        if (result.isError()) {
            findings.error(Rule.SYNTAX, endOf(file, text), "this is not UTF-8 (save the file as UTF-8)");
            return null;
        }
        String body = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        return checked(file, body, findings);
    }

    private static @Nullable SourceText checked(String file, String text, Findings findings) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            boolean isUsual = character >= ' ' && character < DELETE;
            if (!isUsual && isHidden(character)) {
                findings.error(
                        Rule.SYNTAX,
                        endOf(file, text.substring(0, index)),
                        "the character " + Printable.quoted(String.valueOf(character))
                                + " may not be in a plan (remove it)");
                return null;
            }
        }
        return new SourceText(file, text);
    }

    private static boolean isHidden(char character) {
        return switch (character) {
            case '\n', '\r', '\t' -> false;
            case '\u0085', '\u2028', '\u2029', BYTE_ORDER_MARK, '\uFFFE', '\uFFFF' -> true;
            default -> Character.isISOControl(character) || Character.getType(character) == Character.PRIVATE_USE;
        };
    }

    private static Place endOf(String file, String text) {
        int lineStart = text.lastIndexOf('\n') + 1;
        int line = 1 + (int) text.chars().filter(character -> character == '\n').count();
        return new Place(file, line, 1 + text.codePointCount(lineStart, text.length()));
    }
}
