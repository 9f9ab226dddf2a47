package dev.fairlead.spi;

/**
 * A record to be appended. The arrays are not copied: the caller no longer changes them.
 *
 * @param key at most 1 KiB, not empty
 * @param header the packed envelope, at most 4 KiB
 * @param payload the encoded value, at most 1 MiB; empty for a removal
 */
public record LogEntry(byte[] key, byte[] header, byte[] payload) {
    /** The longest key, in bytes. */
    public static final int MAX_KEY = 1024;

    /** The longest header, in bytes. */
    public static final int MAX_HEADER = 4 * 1024;

    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD = 1024 * 1024;

    /** Key, header and payload together, in bytes. */
    public int size() {
        return key.length + header.length + payload.length;
    }
}
