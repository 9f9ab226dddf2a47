package dev.fairlead.testkit.workload;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.history.HistoryEvent;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A record of the workload as it was read: which one it says it is, and a checksum that is right only if nothing in it was
 * changed.
 */
record SentRecord(long key, long sequence, int checksum) {
    private static final int PAYLOAD = Integer.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES;
    private static final byte[] NO_HEADER = {};

    static LogEntry entry(int item, long key, long sequence) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD);
        payload.putInt(item).putLong(key).putLong(sequence);
        payload.putInt(crc(payload.array()));
        return new LogEntry(ByteBuffer.allocate(Long.BYTES).putLong(key).array(), NO_HEADER, payload.array());
    }

    static SentRecord of(LogRecord record, int item) {
        byte[] bytes = record.payload();
        if (bytes.length != PAYLOAD || record.key().length != Long.BYTES) {
            return new SentRecord(-1, -1, 0);
        }
        ByteBuffer payload = ByteBuffer.wrap(bytes);
        int says = payload.getInt();
        long key = payload.getLong();
        long sequence = payload.getLong();
        boolean whole =
                says == item && key == ByteBuffer.wrap(record.key()).getLong() && payload.getInt() == crc(bytes);
        int checksum = HistoryEvent.checksum(item, key, sequence);
        return new SentRecord(key, sequence, whole ? checksum : ~checksum);
    }

    private static int crc(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, PAYLOAD - Integer.BYTES);
        return (int) crc.getValue();
    }
}
