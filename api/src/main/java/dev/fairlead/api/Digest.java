package dev.fairlead.api;

/**
 * A fingerprint of all keys, versions and values of a state item, independent of order and of the fields a reader sees.
 *
 * <p>Two digests of the same sequence that differ prove that the sides differ. Equal ones show agreement up to chance (about
 * 2^-32 for a single differing value); they are no protection against forgery.
 *
 * @param sequence the last record included
 * @param entries how many keys have a value
 * @param hash the sum over all entries
 */
public record Digest(long sequence, long entries, long hash) {
    @Override
    public String toString() {
        return "%016x over %d keys at %d".formatted(hash, entries, sequence);
    }
}
