package dev.fairlead.spi.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;

/** Bytes that grow as something is written: numbers with their highest byte first, everything else behind its length. For one thread. */
public final class WireOutput {
    private static final int FIRST_SIZE = 256;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    /** Eight bytes. */
    public WireOutput number(long value) {
        reserve(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Four bytes: how many of something follow, or how long it is. */
    public WireOutput count(int value) {
        reserve(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** The length and the bytes. */
    public WireOutput bytes(byte[] value) {
        count(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** As the bytes of its UTF-8. */
    public WireOutput text(String value) {
        return bytes(value.getBytes(UTF_8));
    }

    /** As seconds since 1970, and nanoseconds. */
    public WireOutput moment(Instant value) {
        return number(value.getEpochSecond()).count(value.getNano());
    }

    /** How many bytes were written so far. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, bytes.length * 2L)));
        }
    }
}
