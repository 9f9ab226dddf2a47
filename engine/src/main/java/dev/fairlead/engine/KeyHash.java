package dev.fairlead.engine;

import java.util.zip.CRC32C;

/** A short name of a key: its CRC-32C, with 0 kept free for "no key". */
final class KeyHash {
    static final int NONE = 0;

    private KeyHash() {}

    static int of(byte[] key) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        int hash = (int) crc.getValue();
        return hash == NONE ? 1 : hash;
    }
}
