package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.LogEntry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a record stand in its message of AMQP 1.0: annotations with the id, properties if there is a content type, application
 * properties with key and envelope in front, and the payload. For one thread.
 *
 * <p>Most messages are ours, and whoever knows where to look builds no maps. What is laid out otherwise is a mark or a stranger's, and left
 * to the library.
 */
final class RecordLayout {
    private static final byte SHORT_BINARY = (byte) 0xa0;
    private static final byte LONG_BINARY = (byte) 0xb0;
    private static final byte SHORT_STRING = (byte) 0xa1;
    private static final byte SHORT_SYMBOL = (byte) 0xa3;
    private static final byte SHORT_LIST = (byte) 0xc0;
    private static final byte LONG_LIST = (byte) 0xd0;
    private static final byte SHORT_MAP = (byte) 0xc1;
    private static final byte LONG_MAP = (byte) 0xd1;
    private static final byte SHORT_INTEGER = 0x55;
    private static final byte LONG_INTEGER = (byte) 0x81;
    private static final int LONGEST_SHORT = 255;

    private static final byte[] ANNOTATIONS = {0, 0x53, 0x72};
    private static final byte[] PROPERTIES = {0, 0x53, 0x73};
    private static final byte[] APPLICATION_PROPERTIES = {0, 0x53, 0x74};
    private static final byte[] DATA = {0, 0x53, 0x75};
    private static final byte[] ID = name(SHORT_SYMBOL, Records.ID);
    private static final byte[] KEY = name(SHORT_STRING, Records.KEY);
    private static final byte[] ENVELOPE = name(SHORT_STRING, Records.ENVELOPE);

    private final ByteBuffer in;
    private long id;
    /** Behind the application properties. */
    private int end;

    /** The parts of a record, none beyond its limits. */
    record Parts(byte[] key, byte[] header, byte[] payload) {}

    private RecordLayout(byte[] message) {
        this.in = ByteBuffer.wrap(message);
    }

    private static byte[] name(byte code, String name) {
        byte[] text = name.getBytes(UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .put(code)
                .put((byte) text.length)
                .put(text)
                .array();
    }

    /** The message of a record beside whose key, envelope and payload nothing stands. */
    static byte[] write(LogEntry entry, long id) {
        int annotations = 1 + ID.length + 1 + Long.BYTES;
        int properties = Integer.BYTES + KEY.length + size(entry.key()) + ENVELOPE.length + size(entry.header());
        ByteBuffer out = ByteBuffer.allocate(ANNOTATIONS.length
                + 2
                + annotations
                + APPLICATION_PROPERTIES.length
                + 1
                + Integer.BYTES
                + properties
                + DATA.length
                + size(entry.payload()));
        out.put(ANNOTATIONS).put(SHORT_MAP).put((byte) annotations).put((byte) 2);
        out.put(ID).put(LONG_INTEGER).putLong(id);
        out.put(APPLICATION_PROPERTIES).put(LONG_MAP).putInt(properties).putInt(2 * 2);
        write(entry.key(), out.put(KEY));
        write(entry.header(), out.put(ENVELOPE));
        write(entry.payload(), out.put(DATA));
        return out.array();
    }

    private static int size(byte[] value) {
        return (value.length > LONGEST_SHORT ? 1 + Integer.BYTES : 2) + value.length;
    }

    private static void write(byte[] value, ByteBuffer out) {
        if (value.length > LONGEST_SHORT) {
            out.put(LONG_BINARY).putInt(value.length);
        } else {
            out.put(SHORT_BINARY).put((byte) value.length);
        }
        out.put(value);
    }

    /** The id under which the record was published; -1 of what is no record of ours. */
    static long id(byte[] message) {
        RecordLayout layout = new RecordLayout(message);
        try {
            return layout.reachesKey() ? layout.id : -1;
        } catch (BufferUnderflowException strange) {
            return -1;
        }
    }

    /** The parts of the record; nothing of what is no record of ours. */
    static @Nullable Parts parts(byte[] message) {
        RecordLayout layout = new RecordLayout(message);
        try {
            return layout.reachesKey() ? layout.parts() : null;
        } catch (BufferUnderflowException strange) {
            return null;
        }
    }

    private boolean reachesKey() {
        if (!passes(ANNOTATIONS) || in.get() != SHORT_MAP) {
            return false;
        }
        in.get(); // the map's size: it has one pair
        if (in.get() != 2 || !passes(ID)) {
            return false;
        }
        switch (in.get()) {
            case LONG_INTEGER -> id = in.getLong();
            case SHORT_INTEGER -> id = in.get();
            default -> {
                return false;
            }
        }
        if (passes(PROPERTIES)) {
            int behind = enter(SHORT_LIST, LONG_LIST);
            if (behind < 0) {
                return false;
            }
            in.position(behind);
        }
        if (!passes(APPLICATION_PROPERTIES)) {
            return false;
        }
        end = enter(SHORT_MAP, LONG_MAP);
        return end >= 0 && passes(KEY);
    }

    private @Nullable Parts parts() {
        byte[] key = binary(LogEntry.MAX_KEY);
        byte[] header = key != null && passes(ENVELOPE) ? binary(LogEntry.MAX_HEADER) : null;
        if (key == null || key.length == 0 || header == null || header.length == 0 || in.position() > end) {
            return null;
        }
        in.position(end);
        byte[] payload = passes(DATA) ? binary(LogEntry.MAX_PAYLOAD) : null;
        return payload == null || in.hasRemaining() ? null : new Parts(key, header, payload);
    }

    /** Whether this comes next, and is left behind then. */
    private boolean passes(byte[] expected) {
        int at = in.position();
        int behind = at + expected.length;
        if (behind > in.limit() || !Arrays.equals(in.array(), at, behind, expected, 0, expected.length)) {
            return false;
        }
        in.position(behind);
        return true;
    }

    /** Goes to the first element of a list or map; returns where its end is, or -1 if it is something else. */
    private int enter(byte shortCode, byte longCode) {
        byte code = in.get();
        boolean isShort = code == shortCode;
        if (!isShort && code != longCode) {
            return -1;
        }
        int size = isShort ? in.get() & 0xff : in.getInt();
        int behind = in.position() + size;
        if (size < 0 || behind < 0 || behind > in.limit()) {
            return -1;
        }
        int elements = isShort ? in.get() : in.getInt();
        return elements == 0 ? -1 : behind;
    }

    private byte @Nullable [] binary(int longest) {
        byte code = in.get();
        if (code != SHORT_BINARY && code != LONG_BINARY) {
            return null;
        }
        int length = code == SHORT_BINARY ? in.get() & 0xff : in.getInt();
        if (length < 0 || length > longest || length > in.remaining()) {
            return null;
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }
}
