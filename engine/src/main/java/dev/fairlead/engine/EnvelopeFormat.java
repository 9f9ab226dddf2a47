package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.engine.transaction.OutboxStamp;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.cloudevents.CloudEvent;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Packs envelopes into one binary header, and checks them on the way back.
 *
 * <p>Layout, big-endian: format and flags (1 byte), version (8), epoch (8), microseconds since 1970 (8), previous key (4),
 * checksum (4), and behind it the {@link OriginFormat origin}, if the flags say so. In the format of owners with an outbox, version and
 * token there (8 each) stand between the two. One packed header is what keeps an envelope from
 * costing as much as its value.
 */
final class EnvelopeFormat {
    private static final int DIRECT = 0x10;
    private static final int FROM_OUTBOX = 0x30;
    private static final int REMOVAL = 0x01;
    private static final int TRACED = 0x02;
    private static final int ERASED = 0x04;
    private static final int RETIRED = 0x08;
    private static final int FLAGS = 0x0F;
    private static final int VERSION = 1;
    private static final int EPOCH = VERSION + 8;
    private static final int CHANGED = EPOCH + 8;
    private static final int PREVIOUS_KEY = CHANGED + 8;
    private static final int CHECKED = PREVIOUS_KEY + 4;
    static final int LENGTH = CHECKED + 4;
    private static final int STAMP = 8 + 8;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final String name;
    private final boolean others;
    private final byte[] item;

    /** Takes what Fairlead has written, and refuses records of other programs. */
    EnvelopeFormat(String item) {
        this(item, false);
    }

    private EnvelopeFormat(String item, boolean others) {
        this.name = item;
        this.others = others;
        this.item = item.getBytes(UTF_8);
    }

    /** Takes records of other programs as well, if the plan lets them write. */
    static EnvelopeFormat of(ItemPlan plan) {
        return new EnvelopeFormat(plan.id(), plan.envelope() == dev.fairlead.planner.Envelope.CLOUDEVENTS);
    }

    /** Takes whatever can be read. */
    static EnvelopeFormat ofAll(String item) {
        return new EnvelopeFormat(item, true);
    }

    /** The header of an envelope whose checksum is computed here; the given one is not looked at. */
    byte[] pack(Envelope envelope, byte[] key, byte[] payload) {
        byte[] origin = OriginFormat.pack(envelope.origin());
        OutboxStamp stamp = envelope.stamp();
        int format = stamp == null ? DIRECT : FROM_OUTBOX;
        byte[] header = new byte[lengthOf(format) + origin.length];
        int flags = flags(envelope.kind()) | (origin.length > 0 ? TRACED : 0);
        ByteBuffer.wrap(header)
                .put((byte) (format | flags))
                .putLong(envelope.version())
                .putLong(envelope.epoch())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, envelope.changed()))
                .putInt(envelope.previousKey())
                .put(lengthOf(format), origin);
        if (stamp != null) {
            ByteBuffer.wrap(header, LENGTH, STAMP).putLong(stamp.version()).putLong(stamp.token());
        }
        int checksum = checksum(header, key, payload);
        ByteBuffer.wrap(header).putInt(CHECKED, checksum);
        return header;
    }

    private static int lengthOf(int format) {
        return format == FROM_OUTBOX ? LENGTH + STAMP : LENGTH;
    }

    private static int flags(Envelope.Kind kind) {
        return switch (kind) {
            case VALUE -> 0;
            case RETIRED -> RETIRED;
            case REMOVAL -> REMOVAL;
            case ERASURE -> REMOVAL | ERASED;
        };
    }

    private static Envelope.Kind kind(int flags) {
        return switch (flags) {
            case 0 -> Envelope.Kind.VALUE;
            case RETIRED -> Envelope.Kind.RETIRED;
            case REMOVAL -> Envelope.Kind.REMOVAL;
            case REMOVAL | ERASED -> Envelope.Kind.ERASURE;
            default -> throw unknown();
        };
    }

    /** Whether the header looks like one that was packed here, whatever else is the matter with its record. */
    static boolean isPacked(byte[] header) {
        int format = header.length < LENGTH ? 0 : header[0] & ~FLAGS;
        return format == DIRECT || format == FROM_OUTBOX;
    }

    /** The checksum that a packed header carries. */
    static int checksumOf(byte[] header) {
        return (int) INTS.get(header, CHECKED);
    }

    /**
     * The envelope of a record; fails with BAD_VALUE when header, key or payload are not as they were written. A change that its writer did
     * not number has its place in the log as its version: it grows along the key as well, and is the same each time.
     */
    Envelope read(LogRecord written) {
        Envelope envelope = unpack(written.header(), written.key(), written.payload());
        return envelope.version() > 0 ? envelope : envelope.numbered(written.offset() + 1);
    }

    /** The envelope that the header holds; version 0 where another program wrote it and did not number. */
    Envelope unpack(byte[] header, byte[] key, byte[] payload) {
        if (ForeignHeader.is(header)) {
            return foreign(header, key, payload);
        }
        int format = header.length < LENGTH ? 0 : header[0] & ~FLAGS;
        int length = lengthOf(format);
        if ((format != DIRECT && format != FROM_OUTBOX) || header.length < length) {
            throw unknown();
        }
        boolean traced = (header[0] & TRACED) != 0;
        if (traced != header.length > length) {
            throw unknown();
        }
        Origin origin = traced ? origin(header, length) : null;
        OutboxStamp stamp = format == DIRECT ? null : stamp(header);
        Envelope envelope = new Envelope(
                kind(header[0] & FLAGS & ~TRACED),
                (long) LONGS.get(header, VERSION),
                (long) LONGS.get(header, EPOCH),
                fromMicros((long) LONGS.get(header, CHANGED)),
                (int) INTS.get(header, PREVIOUS_KEY),
                origin,
                stamp,
                checksumOf(header));
        if (checksum(header, key, payload) != envelope.checksum()) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, "a record's checksum does not fit its item, key and value");
        }
        return envelope;
    }

    private Envelope foreign(byte[] header, byte[] key, byte[] payload) {
        if (!others) {
            throw CloudEventForm.refused(name);
        }
        CloudEvent event = ForeignHeader.read(name, header, key, payload);
        Envelope.Kind kind = Arrays.stream(Envelope.Kind.values())
                .filter(known -> CloudEventForm.type(known).equals(event.type()))
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.BAD_VALUE,
                        "a CloudEvent of another program has the type " + event.type() + ", which no record of state"
                                + " has (name it " + name + ".changed, .retired or .removed)"));
        if (kind.removes() != (payload.length == 0)) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a CloudEvent of another program has the type " + event.type() + " and "
                            + (kind.removes() ? "a value" : "no value"));
        }
        return new Envelope(
                kind,
                event.version(),
                event.epoch(),
                event.time() == null ? Instant.EPOCH : event.time(),
                KeyHash.NONE,
                event.origin(),
                event.checksum(key, payload));
    }

    private static OutboxStamp stamp(byte[] header) {
        ByteBuffer in = ByteBuffer.wrap(header, LENGTH, STAMP);
        return new OutboxStamp(in.getLong(), in.getLong());
    }

    private static Origin origin(byte[] header, int length) {
        Origin origin = OriginFormat.unpack(ByteBuffer.wrap(header, length, header.length - length));
        if (origin == null) {
            throw unknown();
        }
        return origin;
    }

    private static FairleadException unknown() {
        return new FairleadException(
                ErrorCode.BAD_VALUE, "a record carries no envelope of a known format (written by another program?)");
    }

    private int checksum(byte[] header, byte[] key, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(item);
        crc.update(key);
        crc.update(header, 0, CHECKED);
        if (header.length > LENGTH) {
            crc.update(header, LENGTH, header.length - LENGTH);
        }
        crc.update(payload);
        return (int) crc.getValue();
    }

    private static Instant fromMicros(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }
}
