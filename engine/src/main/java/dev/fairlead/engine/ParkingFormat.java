package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Packs the notes of a parking log into headers.
 *
 * <p>Layout, big-endian: format and kind (1 byte), origin (8), attempts (4), microseconds since 1970 (8), length of the key (2) and of
 * the text (2), the key, the text, the record's header, checksum (4) over all before it and payload. Of a record's header that is
 * longer than any that {@link EventFormat} writes only the beginning is kept: such a record could not be read before, and cannot be
 * after.
 */
final class ParkingFormat {
    private static final int FORMAT = 0x40;
    private static final int KIND = 0x0F;
    private static final int FIXED = 1 + 8 + 4 + 8 + 2 + 2;
    private static final int CHECKSUM = 4;
    private static final int LONGEST_HEADER = 512;
    private static final long MICROS = 1_000_000L;

    private ParkingFormat() {}

    static byte[] pack(ParkingNote note, byte[] payload) {
        byte[] text = note.text().getBytes(UTF_8);
        int headerLength = Math.min(note.header().length, LONGEST_HEADER);
        int room = LogEntry.MAX_HEADER - FIXED - CHECKSUM - headerLength - note.key().length;
        int textLength = Math.min(text.length, room);
        byte[] packed = new byte[FIXED + note.key().length + textLength + headerLength + CHECKSUM];
        ByteBuffer out = ByteBuffer.wrap(packed)
                .put((byte) (FORMAT | note.kind().ordinal()))
                .putLong(note.origin())
                .putInt(note.attempts())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, note.time()))
                .putShort((short) note.key().length)
                .putShort((short) textLength)
                .put(note.key())
                .put(text, 0, textLength)
                .put(note.header(), 0, headerLength);
        out.putInt(checksum(packed, payload));
        return packed;
    }

    static ParkingNote unpack(byte[] packed, byte[] payload) {
        if (packed.length < FIXED + CHECKSUM
                || (packed[0] & ~KIND) != FORMAT
                || (packed[0] & KIND) >= ParkingNote.Kind.values().length) {
            throw damaged("has no known format");
        }
        ByteBuffer in = ByteBuffer.wrap(packed);
        ParkingNote.Kind kind = ParkingNote.Kind.values()[in.get() & KIND];
        long origin = in.getLong();
        int attempts = in.getInt();
        long micros = in.getLong();
        int keyLength = in.getShort();
        int textLength = in.getShort();
        if (ByteBuffer.wrap(packed).getInt(packed.length - CHECKSUM) != checksum(packed, payload)
                || keyLength < 0
                || textLength < 0
                || keyLength + textLength > packed.length - FIXED - CHECKSUM) {
            throw damaged("has a wrong checksum");
        }
        byte[] key = new byte[keyLength];
        in.get(key);
        byte[] text = new byte[textLength];
        in.get(text);
        byte[] header = new byte[in.remaining() - CHECKSUM];
        in.get(header);
        Instant time = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
        return new ParkingNote(kind, origin, attempts, time, new String(text, UTF_8), key, header);
    }

    /** Whether the note is about a record of the key; one that cannot be read is about nobody. */
    static boolean isOf(byte[] key, LogRecord written) {
        try {
            return Arrays.equals(unpack(written.header(), written.payload()).key(), key);
        } catch (FairleadException damaged) {
            return false;
        }
    }

    private static FairleadException damaged(String how) {
        return new FairleadException(ErrorCode.STORAGE_DAMAGED, "a note of a parking log " + how);
    }

    private static int checksum(byte[] packed, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(packed, 0, packed.length - CHECKSUM);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
