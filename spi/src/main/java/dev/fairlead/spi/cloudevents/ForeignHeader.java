package dev.fairlead.spi.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Cause;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Trace;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header of a record or message that a program without Fairlead wrote as a CloudEvent: its attributes, packed, in the place of the
 * envelope. A mechanism makes it of what it finds and looks no further; who gets the record reads and judges it.
 *
 * <p>Layout: one byte that no envelope begins with, then name and value of each attribute in UTF-8, a line feed behind each.
 */
public final class ForeignHeader {
    private static final byte FORM = 0x43;
    private static final int LONGEST = 4 * 1024;
    private static final byte[] NONE = {};
    private static final List<String> READ = List.of(
            Attribute.SPEC_VERSION,
            Attribute.ID,
            Attribute.SOURCE,
            Attribute.TYPE,
            Attribute.TIME,
            Attribute.CONTENT_TYPE,
            Attribute.TRACE,
            Attribute.VERSION,
            Attribute.EPOCH,
            Attribute.CAUSE,
            Attribute.CHECKSUM);
    private static final int LAST_YEAR = 9999;

    private ForeignHeader() {}

    /**
     * The header for the attributes, at most 4 KiB; empty when they are none of a CloudEvent, have characters that do not print, or are too
     * long. A mechanism that knows when the record was written adds {@code time} where it is missing.
     */
    public static byte[] of(Map<String, String> attributes) {
        if (!attributes.containsKey(Attribute.SPEC_VERSION)) {
            return NONE;
        }
        StringBuilder text = new StringBuilder();
        for (String name : READ) {
            String value = attributes.get(name);
            if (value == null) {
                continue;
            }
            if (value.length() > LONGEST || !isPrintable(value)) {
                return NONE;
            }
            text.append(name).append('\n').append(value).append('\n');
        }
        byte[] packed = text.toString().getBytes(UTF_8);
        if (packed.length >= LONGEST) {
            return NONE;
        }
        byte[] header = new byte[packed.length + 1];
        header[0] = FORM;
        System.arraycopy(packed, 0, header, 1, packed.length);
        return header;
    }

    /** The key that the attributes name; empty when they name none. For records whose protocol gave them no key. */
    public static byte[] key(Map<String, String> attributes) {
        return attributes.getOrDefault(Attribute.KEY, "").getBytes(UTF_8);
    }

    /** As CloudEvents wants its text: without control characters, halves of characters and noncharacters. */
    static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(code -> Character.isISOControl(code)
                        || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)
                        || code == 0xFFFD
                        || (code & 0xFFFE) == 0xFFFE);
    }

    /** Whether the header is one. */
    public static boolean is(byte[] header) {
        return header.length > 0 && header[0] == FORM;
    }

    /**
     * Reads a header.
     *
     * <p>Its writer must give {@code specversion} 1.0, {@code id}, {@code source} and {@code type}. What it may leave out, and what that means, is told
     * by {@link CloudEvent}. A checksum that is there has to fit; a {@code traceparent} that is none is passed over, as W3C Trace Context asks.
     *
     * @param item whose record it is; its id and a dot before the type are left off
     * @throws FairleadException with BAD_VALUE when an attribute is missing or wrong
     */
    public static CloudEvent read(String item, byte[] header, byte[] key, byte[] payload) {
        Map<String, String> attributes = unpack(header);
        if (!required(attributes, Attribute.SPEC_VERSION).equals("1.0")) {
            throw bad(Attribute.SPEC_VERSION, "is not 1.0", null);
        }
        required(attributes, Attribute.SOURCE);
        String type = required(attributes, Attribute.TYPE);
        String before = item + ".";
        CloudEvent event = new CloudEvent(
                item,
                type.startsWith(before) ? type.substring(before.length()) : type,
                required(attributes, Attribute.ID),
                number(attributes, Attribute.VERSION),
                number(attributes, Attribute.EPOCH),
                time(attributes.get(Attribute.TIME)),
                origin(attributes),
                attributes.getOrDefault(Attribute.CONTENT_TYPE, ""));
        check(event, attributes.get(Attribute.CHECKSUM), key, payload);
        return event;
    }

    /** The source that the header names; with the id it names the event for ever. */
    public static String source(byte[] header) {
        return required(unpack(header), Attribute.SOURCE);
    }

    private static Map<String, String> unpack(byte[] header) {
        Map<String, String> attributes = new LinkedHashMap<>();
        String[] lines = new String(header, 1, header.length - 1, UTF_8).split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            attributes.put(lines[i], lines[i + 1]);
        }
        return attributes;
    }

    private static String required(Map<String, String> attributes, String name) {
        String value = attributes.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw bad(name, "is missing", null);
        }
        return value;
    }

    private static long number(Map<String, String> attributes, String name) {
        String text = attributes.get(name);
        if (text == null) {
            return 0;
        }
        try {
            long number = Long.parseLong(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(name, "is no whole number", e);
        }
        throw bad(name, "is below 1", null);
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return time.toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            throw bad(Attribute.TIME, "is no time as in RFC 3339", e);
        }
        throw bad(Attribute.TIME, "is beyond the year " + LAST_YEAR, null);
    }

    private static @Nullable Origin origin(Map<String, String> attributes) {
        String traceparent = attributes.get(Attribute.TRACE);
        if (traceparent == null) {
            return null;
        }
        Trace trace;
        try {
            trace = Trace.parse(traceparent);
        } catch (FairleadException none) {
            return null;
        }
        String cause = attributes.get(Attribute.CAUSE);
        return new Origin(trace, cause == null ? Optional.empty() : Optional.of(cause(cause)));
    }

    private static Cause cause(String text) {
        try {
            return CauseText.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(Attribute.CAUSE, "is " + e.getMessage(), e);
        }
    }

    private static void check(CloudEvent event, @Nullable String checksum, byte[] key, byte[] payload) {
        String found = HexFormat.of().toHexDigits(event.checksum(key, payload));
        if (checksum != null && !checksum.equals(found)) {
            throw bad(Attribute.CHECKSUM, "does not fit item, key, version and data", null);
        }
    }

    private static FairleadException bad(String attribute, String what, @Nullable Throwable cause) {
        return new FairleadException(
                ErrorCode.BAD_VALUE,
                "a CloudEvent of another program cannot be read: its attribute " + attribute + " " + what,
                cause);
    }
}
