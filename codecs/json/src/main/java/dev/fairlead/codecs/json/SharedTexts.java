package dev.fairlead.codecs.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * Short texts of ASCII, each made once as long as no other has taken its place: the same currencies, venues and states stand in one value
 * after the other. For one thread.
 */
final class SharedTexts {
    private static final int LONGEST = 16;
    private static final int PLACES = 64;

    private final @Nullable String[] texts = new String[PLACES];

    String text(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return new String(bytes, from, to - from, ISO_8859_1);
        }
        int place = place(bytes, from, to);
        String before = texts[place];
        if (before != null && isSame(before, bytes, from, to)) {
            return before;
        }
        String text = new String(bytes, from, to - from, ISO_8859_1);
        texts[place] = text;
        return text;
    }

    private static int place(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ hash >>> 6) & (PLACES - 1);
    }

    private static boolean isSame(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i - from) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
