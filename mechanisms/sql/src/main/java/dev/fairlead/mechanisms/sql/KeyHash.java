package dev.fairlead.mechanisms.sql;

/** A number for a key, small enough for an index: 64-bit FNV-1a. Two keys may share one, so the key itself is compared too. */
final class KeyHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private KeyHash() {}

    static long of(byte[] key) {
        long hash = OFFSET;
        for (byte each : key) {
            hash = (hash ^ (each & 0xff)) * PRIME;
        }
        return hash;
    }
}
