package dev.fairlead.engine;

/**
 * What one key adds to the digest of its item.
 *
 * <p>The record's checksum covers item, key, version and value; it is spread over 64 bits by the finalizer of SplitMix64 (Steele,
 * Lea, Flood: Fast splittable pseudorandom number generators, 2014), so that sums of entries rarely coincide.
 */
final class EntryHash {
    private EntryHash() {}

    static long of(long version, int checksum) {
        long mixed = (version * 0x9E3779B97F4A7C15L) ^ (checksum & 0xFFFF_FFFFL);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
