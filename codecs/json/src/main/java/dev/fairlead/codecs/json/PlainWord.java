package dev.fairlead.codecs.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of a text as one number, the first of them the lowest. */
final class PlainWord {
    static final int LENGTH = Long.BYTES;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = EACH << 7;
    private static final long QUOTES = '"' * EACH;
    private static final long BACKSLASHES = '\\' * EACH;
    private static final long SPACES = ' ' * EACH;

    private PlainWord() {}

    /** The word that begins there; eight bytes must be left. */
    static long at(byte[] text, int from) {
        return (long) WORDS.get(text, from);
    }

    /** The first so many bytes from there, 8 at most, and zeros for the others. */
    static long of(byte[] text, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (from <= text.length - LENGTH) {
            return at(text, from) & -1L >>> Long.SIZE - Byte.SIZE * length;
        }
        long word = 0;
        for (int place = from + length - 1; place >= from; place--) {
            word = word << Byte.SIZE | (text[place] & 0xFF);
        }
        return word;
    }

    /**
     * How many bytes of the word stand before the first one that is a quotation mark, a backslash, a control character or no ASCII; 8 when
     * there is none. (A byte less one borrows from its neighbours above only, so the lowest that is found is one.)
     */
    static int plainLength(long word) {
        long unusual = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | ((word - SPACES) & ~word & HIGHEST);
        return Long.numberOfTrailingZeros(unusual | (word & HIGHEST)) / Byte.SIZE;
    }

    private static long zeros(long word) {
        return (word - EACH) & ~word & HIGHEST;
    }
}
