package dev.fairlead.api;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A step of a piece of work that runs through several services, as W3C Trace Context names it.
 *
 * <p>Immutable. Source: <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>.
 *
 * @param high the first half of the trace's id
 * @param low the second half; not both halves are 0
 * @param span the id of the step, not 0
 * @param sampled whether somebody records the trace
 */
public record Trace(long high, long low, long span, boolean sampled) {
    private static final int LENGTH = 55;
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final HexFormat HEX = HexFormat.of();

    public Trace {
        if ((high | low) == 0 || span == 0) {
            throw new IllegalArgumentException("the ids of a trace and of its steps are not 0");
        }
    }

    /** The first step of a new trace, with random ids; not sampled. */
    public static Trace begin() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new Trace(random.nextLong(), notZero(random), notZero(random), false);
    }

    /** A new step of the same trace. */
    public Trace next() {
        return new Trace(high, low, notZero(ThreadLocalRandom.current()), sampled);
    }

    /**
     * Reads the value of a {@code traceparent} header; of versions later than 00 what version 00 defines.
     *
     * @throws FairleadException with {@link ErrorCode#BAD_VALUE} when it is none
     */
    public static Trace parse(String traceparent) {
        try {
            if (!hasForm(traceparent)) {
                throw malformed(traceparent, null);
            }
            int flags = HexFormat.fromHexDigits(traceparent, FLAGS_AT, LENGTH);
            return new Trace(
                    HexFormat.fromHexDigitsToLong(traceparent, TRACE_AT, TRACE_AT + 16),
                    HexFormat.fromHexDigitsToLong(traceparent, TRACE_AT + 16, TRACE_AT + 32),
                    HexFormat.fromHexDigitsToLong(traceparent, SPAN_AT, SPAN_AT + 16),
                    (flags & 1) != 0);
        } catch (IllegalArgumentException e) {
            throw malformed(traceparent, e);
        }
    }

    private static boolean hasForm(String text) {
        if (text.length() < LENGTH
                || text.startsWith("ff")
                || (text.length() > LENGTH && (text.startsWith("00") || text.charAt(LENGTH) != '-'))) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char letter = text.charAt(i);
            boolean dash = i == TRACE_AT - 1 || i == SPAN_AT - 1 || i == FLAGS_AT - 1;
            boolean hex = letter >= '0' && letter <= '9' || letter >= 'a' && letter <= 'f';
            if (dash ? letter != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    private static FairleadException malformed(String text, @Nullable Throwable cause) {
        String shown = text.length() > 2 * LENGTH ? text.substring(0, 2 * LENGTH) + "..." : text;
        return new FairleadException(
                ErrorCode.BAD_VALUE,
                "not a traceparent: " + shown + " (wanted 00-<32 digits>-<16 digits>-<2 digits>, lower-case hex)",
                cause);
    }

    /** The trace's id, 32 lower-case hexadecimal digits. */
    public String id() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    /** The step's id, 16 lower-case hexadecimal digits. */
    public String spanId() {
        return HEX.toHexDigits(span);
    }

    /** The value of a {@code traceparent} header. */
    public String traceparent() {
        return "00-" + id() + "-" + spanId() + (sampled ? "-01" : "-00");
    }

    private static long notZero(ThreadLocalRandom random) {
        long drawn = random.nextLong();
        return drawn == 0 ? 1 : drawn;
    }
}
