package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogEntry;
import java.util.Arrays;

/**
 * Packs records one after the other, as they stand in a {@link Block}: how many offsets are missing before the record, the
 * lengths of key, header and payload, all as variable-length integers, then the three.
 */
final class RecordEncoder {
    /** The most that a record takes beside its key, header and payload. */
    static final int OVERHEAD = VariableInts.MAX_LONG + 3 * VariableInts.MAX_INT;

    private byte[] bytes;
    private int length;

    RecordEncoder(int capacity) {
        bytes = new byte[capacity];
    }

    void add(LogEntry entry) {
        add(0, entry.key(), entry.header(), entry.payload());
    }

    void add(long missingBefore, byte[] key, byte[] header, byte[] payload) {
        reserve(OVERHEAD + key.length + header.length + payload.length);
        length = VariableInts.put(bytes, length, missingBefore);
        length = VariableInts.put(bytes, length, key.length);
        length = VariableInts.put(bytes, length, header.length);
        length = VariableInts.put(bytes, length, payload.length);
        put(key);
        put(header);
        put(payload);
    }

    private void put(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    int length() {
        return length;
    }

    /** The packed bytes; only the first {@link #length} count. */
    byte[] bytes() {
        return bytes;
    }
}
