package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Trace;
import dev.fairlead.engine.transaction.OutboxStamp;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.cloudevents.CloudEvent;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.CRC32C;

/**
 * Packs envelopes of events into one binary header, and checks them on the way back.
 *
 * <p>Layout, big-endian: format (1 byte), version (8), epoch (8), microseconds since 1970 (8), length of the type's name (1), the
 * name, the {@link OriginFormat origin}, checksum (4) over item, key, all of the header before it, and payload. The first byte tells it
 * from {@link EnvelopeFormat}. An event that came from an outbox has another first byte, and before the origin its version (8) and token (8)
 * there.
 */
final class EventFormat {
    private static final byte DIRECT = 0x21;
    private static final byte FROM_OUTBOX = 0x22;
    private static final int FIXED = 1 + 8 + 8 + 8 + 1;
    private static final int STAMP = 8 + 8;
    private static final int CHECKSUM = 4;
    private static final long MICROS = 1_000_000L;

    private final String name;
    private final byte[] item;

    EventFormat(String item) {
        this.name = item;
        this.item = item.getBytes(UTF_8);
    }

    byte[] pack(EventEnvelope envelope, byte[] key, byte[] payload) {
        byte[] type = envelope.type().getBytes(UTF_8);
        byte[] origin = OriginFormat.pack(envelope.origin());
        OutboxStamp stamp = envelope.stamp();
        byte format = stamp == null ? DIRECT : FROM_OUTBOX;
        byte[] header = new byte[FIXED + type.length + sizeOfStamp(format) + origin.length + CHECKSUM];
        ByteBuffer out = ByteBuffer.wrap(header)
                .put(format)
                .putLong(envelope.version())
                .putLong(envelope.epoch())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, envelope.time()))
                .put((byte) type.length)
                .put(type);
        if (stamp != null) {
            out.putLong(stamp.version()).putLong(stamp.token());
        }
        out.put(origin);
        out.putInt(checksum(header, key, payload));
        return header;
    }

    /**
     * The envelope of a record; fails with BAD_VALUE when header, key or payload are not as they were written. An event that its writer did
     * not number has its place in the log as its version: it grows along the key as well, and is the same each time.
     */
    EventEnvelope read(LogRecord written) {
        EventEnvelope envelope = unpack(written.header(), written.key(), written.payload());
        return envelope.version() > 0 ? envelope : envelope.numbered(written.offset() + 1);
    }

    /** The envelope that the header holds; version 0 where another program wrote it and did not number. */
    EventEnvelope unpack(byte[] header, byte[] key, byte[] payload) {
        if (ForeignHeader.is(header)) {
            return foreign(ForeignHeader.read(name, header, key, payload));
        }
        if (header.length < FIXED + CHECKSUM
                || (header[0] != DIRECT && header[0] != FROM_OUTBOX)
                || header[FIXED - 1] < 0
                || header.length < FIXED + header[FIXED - 1] + sizeOfStamp(header[0]) + CHECKSUM) {
            throw unknown();
        }
        ByteBuffer in = ByteBuffer.wrap(header, 1, header.length - CHECKSUM - 1);
        long version = in.getLong();
        long epoch = in.getLong();
        long micros = in.getLong();
        byte[] type = new byte[in.get()];
        in.get(type);
        OutboxStamp stamp = header[0] == FROM_OUTBOX ? new OutboxStamp(in.getLong(), in.getLong()) : null;
        Origin origin = OriginFormat.unpack(in);
        if (origin == null) {
            throw unknown();
        }
        if (ByteBuffer.wrap(header).getInt(header.length - CHECKSUM) != checksum(header, key, payload)) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, "an event's checksum does not fit its item, key, type and value");
        }
        Instant time = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
        return new EventEnvelope(new String(type, UTF_8), version, epoch, time, origin, stamp);
    }

    private static EventEnvelope foreign(CloudEvent event) {
        return new EventEnvelope(
                event.type(),
                event.version(),
                event.epoch(),
                event.time() == null ? Instant.EPOCH : event.time(),
                event.origin() == null ? Origin.of(Trace.begin()) : event.origin());
    }

    private static int sizeOfStamp(byte format) {
        return format == FROM_OUTBOX ? STAMP : 0;
    }

    private static FairleadException unknown() {
        return new FairleadException(
                ErrorCode.BAD_VALUE,
                "a record carries no event envelope of a known format (written by another program?)");
    }

    private int checksum(byte[] header, byte[] key, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(item);
        crc.update(key);
        crc.update(header, 0, header.length - CHECKSUM);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
