package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogRecord;
import java.util.Arrays;

/** Walks the records of a block. Not for several threads. */
final class BlockCursor {
    private final Block block;
    private final byte[] bytes;
    private int at = Block.HEADER;
    private int left;
    private long offset;
    private int key;
    private int header;
    private int payload;
    private int end;

    BlockCursor(Block block) {
        this.block = block;
        this.bytes = block.bytes();
        this.left = block.count();
        this.offset = block.from() - 1;
        this.end = at;
    }

    /** Goes to the next record, if there is one. */
    boolean advance() {
        if (left == 0) {
            return false;
        }
        left--;
        at = end;
        offset += 1 + number();
        int keyLength = (int) number();
        int headerLength = (int) number();
        int payloadLength = (int) number();
        key = at;
        header = key + keyLength;
        payload = header + headerLength;
        end = payload + payloadLength;
        if (keyLength < 0 || headerLength < 0 || payloadLength < 0 || end > bytes.length || end < key) {
            throw new IllegalArgumentException("a block that ends too early at offset " + offset);
        }
        return true;
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a block with a malformed number at offset " + offset);
    }

    long offset() {
        return offset;
    }

    long until() {
        return block.until();
    }

    /** The stored length of the record. */
    int size() {
        return end - key;
    }

    byte[] key() {
        return Arrays.copyOfRange(bytes, key, header);
    }

    LogRecord record() {
        return new LogRecord(
                offset, key(), Arrays.copyOfRange(bytes, header, payload), Arrays.copyOfRange(bytes, payload, end));
    }
}
