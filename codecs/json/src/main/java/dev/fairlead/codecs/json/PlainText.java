package dev.fairlead.codecs.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberInput;

/**
 * A place in a JSON text, that goes on over what is plain: objects of numbers, truth values and strings without escapes.
 *
 * <p>Each step takes what stands there, or leaves it and says so with false or null. What is taken is what Jackson would make of it.
 */
final class PlainText {
    /** So many digits always fit into a long. */
    private static final int MOST_DIGITS = 18;

    private static final int LONGEST_NUMBER = 40;

    /** Up to here each whole number is a double. */
    private static final long LARGEST_EXACT = 1L << 53;

    /** More than three roundings can be wrong by. */
    private static final double DOUBT = 0x1p-50;

    private static final PlainPiece NULL = new PlainPiece(new byte[] {'n', 'u', 'l', 'l'});
    private static final PlainPiece TRUE = new PlainPiece(new byte[] {'t', 'r', 'u', 'e'});
    private static final PlainPiece FALSE = new PlainPiece(new byte[] {'f', 'a', 'l', 's', 'e'});

    /** The powers of ten that are doubles. */
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private final @Nullable SharedTexts shared;
    private byte[] json = {};
    private int at;
    private long number;
    private long whole;
    private double real;

    /** @param shared where texts come from; null where each is made anew */
    PlainText(@Nullable SharedTexts shared) {
        this.shared = shared;
    }

    void begin(byte[] text) {
        json = text;
        at = 0;
    }

    boolean take(char mark) {
        skipSpace();
        if (at < json.length && json[at] == mark) {
            at++;
            return true;
        }
        return false;
    }

    /** Whether only space is left. */
    boolean isOver() {
        skipSpace();
        return at == json.length;
    }

    private void skipSpace() {
        while (at < json.length && json[at] <= ' ' && isSpace(json[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t';
    }

    /** Takes the piece if it stands just there. */
    boolean take(PlainPiece piece) {
        if (!piece.isAt(json, at)) {
            return false;
        }
        at += piece.length();
        return true;
    }

    boolean takeAfterSpace(PlainPiece piece) {
        skipSpace();
        return take(piece);
    }

    boolean takeNull() {
        skipSpace();
        return isAt(at, 'n') && take(NULL);
    }

    @Nullable
    Boolean truth() {
        if (takeAfterSpace(TRUE)) {
            return true;
        }
        return take(FALSE) ? false : null;
    }

    @Nullable
    String text() {
        if (!take('"')) {
            return null;
        }
        int from = at;
        int end = plainEnd(from);
        if (isAt(end, '"')) {
            at = end + 1;
            return ascii(from, end);
        }
        return beyondAscii(from, end);
    }

    /** Where the first byte stands that is a quotation mark, a backslash, a control character or no ASCII; the end when there is none. */
    private int plainEnd(int from) {
        int end = from;
        while (end <= json.length - PlainWord.LENGTH) {
            int plain = PlainWord.plainLength(PlainWord.at(json, end));
            end += plain;
            if (plain < PlainWord.LENGTH) {
                return end;
            }
        }
        while (end < json.length && json[end] >= ' ' && json[end] != '"' && json[end] != '\\') {
            end++;
        }
        return end;
    }

    private String ascii(int from, int end) {
        return shared == null ? new String(json, from, end - from, ISO_8859_1) : shared.text(json, from, end);
    }

    /** The text up to its closing quotation mark. A character that stands for faults may be one that was written, or not. */
    private @Nullable String beyondAscii(int from, int unusual) {
        int end = unusual;
        while (end < json.length && json[end] != '"') {
            byte each = json[end++];
            if (each == '\\' || (each >= 0 && each < ' ')) {
                return null;
            }
        }
        if (end == json.length) {
            return null;
        }
        at = end + 1;
        String text = new String(json, from, end - from, UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : null;
    }

    /** Takes a whole number of at most 18 digits, which is {@link #whole} then. */
    boolean takeWhole() {
        skipSpace();
        boolean negative = isAt(at, '-');
        int first = negative ? at + 1 : at;
        number = 0;
        int end = digits(first);
        if (!isWhole(first, end) || end - first > MOST_DIGITS || !endsAt(end)) {
            return false;
        }
        at = end;
        whole = negative ? -number : number;
        return true;
    }

    long whole() {
        return whole;
    }

    /**
     * Takes a number, with a point and an exponent or without, which is {@link #real} then.
     *
     * <p>Digits that make up a whole number up to 2^53 give the nearest double when they are divided by a power of ten that is a double as
     * well, as a division is rounded once (Clinger: How to read floating point numbers accurately, 1990).
     */
    boolean takeReal() {
        skipSpace();
        int from = at;
        boolean negative = isAt(from, '-');
        int first = negative ? from + 1 : from;
        number = 0;
        int point = digits(first);
        int end = isAt(point, '.') ? digits(point + 1) : point;
        int scale = Math.max(0, end - point - 1);
        if (number == 0 && negative) {
            return false; // how minus nothing is read is Jackson's matter
        }
        long exact = number;
        boolean hasPower = isAt(end, 'e') || isAt(end, 'E');
        int close = hasPower ? powerEnd(end + 1) : end;
        if (!isWhole(first, point) || end == point + 1 || !endsAt(close) || close - from > LONGEST_NUMBER) {
            return false;
        }
        at = close;
        if (hasPower || end - first > MOST_DIGITS || scale >= TENS.length) {
            return takeInexact(from, close);
        }
        double size = exact <= LARGEST_EXACT ? exact / TENS[scale] : nearest(exact, TENS[scale]);
        if (Double.isNaN(size)) {
            return takeInexact(from, close);
        }
        real = negative ? -size : size;
        return true;
    }

    /**
     * The double that is nearest to the quotient, or NaN where that is too close a call.
     *
     * <p>What a rounded quotient lacks is computed with an error that is far below its own size; if adding a little more and a little less
     * of it gives the same double, then so does what it really is (Ziv: Fast evaluation of elementary mathematical functions with correctly
     * rounded last bit, 1991).
     */
    private static double nearest(long digits, double tens) {
        double high = digits;
        double low = digits - (long) high;
        double quotient = high / tens;
        double lacking = (Math.fma(-quotient, tens, high) + low) / tens;
        double above = quotient + lacking * (1 + DOUBT);
        return above == quotient + lacking * (1 - DOUBT) ? above : Double.NaN;
    }

    private boolean takeInexact(int from, int to) {
        real = NumberInput.parseDouble(new String(json, from, to - from, ISO_8859_1), true);
        return Double.isFinite(real);
    }

    double real() {
        return real;
    }

    private boolean isAt(int place, char mark) {
        return place < json.length && json[place] == mark;
    }

    /** Where the digits from there end, which are behind those of {@link #number} then; more than 18 do not fit into it. */
    private int digits(int from) {
        byte[] text = json;
        long read = number;
        int end = from;
        while (end < text.length) {
            int digit = text[end] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            read = read * 10 + digit;
            end++;
        }
        number = read;
        return end;
    }

    /** Where the exponent ends, or the beginning of the text, where no number ends, if there is none. */
    private int powerEnd(int from) {
        int first = isAt(from, '-') || isAt(from, '+') ? from + 1 : from;
        int end = digits(first);
        return end == first ? 0 : end;
    }

    private boolean isWhole(int first, int end) {
        return end > first && (json[first] != '0' || end == first + 1);
    }

    /** Whether a number may end there. */
    private boolean endsAt(int end) {
        return end < json.length && (json[end] == ',' || json[end] == '}' || isSpace(json[end]));
    }
}
