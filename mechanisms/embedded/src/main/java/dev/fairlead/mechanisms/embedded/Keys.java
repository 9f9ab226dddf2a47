package dev.fairlead.mechanisms.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The keys of the column families: big-endian, so that RocksDB's byte order is the order of the logs. */
final class Keys {
    static final int BLOCK = Integer.BYTES + Long.BYTES;

    private Keys() {}

    static byte[] block(int log, long from) {
        return ByteBuffer.allocate(BLOCK).putInt(log).putLong(from).array();
    }

    static int log(byte[] key) {
        return ByteBuffer.wrap(key).getInt();
    }

    static long from(byte[] blockKey) {
        return ByteBuffer.wrap(blockKey).getLong(Integer.BYTES);
    }

    static byte[] latest(int log, byte[] key) {
        return ByteBuffer.allocate(Integer.BYTES + key.length)
                .putInt(log)
                .put(key)
                .array();
    }

    static byte[] position(int log, String group) {
        return latest(log, group.getBytes(StandardCharsets.UTF_8));
    }

    static String group(byte[] positionKey) {
        return new String(positionKey, Integer.BYTES, positionKey.length - Integer.BYTES, StandardCharsets.UTF_8);
    }

    static byte[] name(String log) {
        return log.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }
}
