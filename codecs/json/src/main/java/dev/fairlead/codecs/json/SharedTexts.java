package dev.fairlead.codecs.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * Short texts of ASCII, each made once as long as no other has taken its place: the same currencies, venues and states stand in one value
 * after the other. One that came again gives way only to the second in a row that wants its place, so that keys, of which each comes once,
 * do not drive it out. For one thread.
 */
final class SharedTexts {
    private static final int LONGEST = 2 * PlainWord.LENGTH;
    private static final int PLACES = 64;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final @Nullable String[] texts = new String[PLACES];
    /** The first and the last eight bytes of each; no control character is among them, so they tell how long it is. */
    private final long[] words = new long[2 * PLACES];

    private final boolean[] cameAgain = new boolean[PLACES];

    String text(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return new String(bytes, from, length, ISO_8859_1);
        }
        int first = Math.min(length, PlainWord.LENGTH);
        long head = PlainWord.of(bytes, from, first);
        long tail = PlainWord.of(bytes, from + first, length - first);
        int place = (int) ((head ^ Long.rotateLeft(tail, 1)) * SPREAD >>> 58);
        String before = texts[place];
        if (before != null && words[2 * place] == head && words[2 * place + 1] == tail) {
            cameAgain[place] = true;
            return before;
        }
        String text = new String(bytes, from, length, ISO_8859_1);
        if (cameAgain[place]) {
            cameAgain[place] = false;
            return text;
        }
        texts[place] = text;
        words[2 * place] = head;
        words[2 * place + 1] = tail;
        return text;
    }
}
