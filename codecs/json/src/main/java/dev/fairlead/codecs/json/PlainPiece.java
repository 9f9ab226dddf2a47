package dev.fairlead.codecs.json;

import java.util.Arrays;

/** Some bytes that a text is searched for as a whole, eight at a time where there are as many. Safe for many threads. */
final class PlainPiece {
    private final byte[] bytes;
    private final long head;
    private final long tail;

    PlainPiece(byte[] bytes) {
        this.bytes = bytes.clone();
        this.head = PlainWord.of(bytes, 0, Math.min(bytes.length, PlainWord.LENGTH));
        this.tail = bytes.length < PlainWord.LENGTH ? 0 : PlainWord.at(bytes, bytes.length - PlainWord.LENGTH);
    }

    int length() {
        return bytes.length;
    }

    boolean isAt(byte[] text, int from) {
        int end = from + bytes.length;
        if (end > text.length) {
            return false;
        }
        if (bytes.length < PlainWord.LENGTH) {
            return PlainWord.of(text, from, bytes.length) == head;
        }
        return PlainWord.at(text, from) == head
                && PlainWord.at(text, end - PlainWord.LENGTH) == tail
                && (bytes.length <= 2 * PlainWord.LENGTH || Arrays.equals(text, from, end, bytes, 0, bytes.length));
    }
}
