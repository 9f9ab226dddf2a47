package dev.fairlead.api;

/**
 * The version that a key must have for a write to happen.
 *
 * @param version of the key's newest record; 0 when the key must have none
 */
public record Expected(long version) {
    public Expected {
        if (version < 0) {
            throw new IllegalArgumentException("an expected version is never negative: " + version);
        }
    }

    /** The key must be new. */
    public static Expected none() {
        return new Expected(0);
    }

    /** The key's newest record must have this version. */
    public static Expected version(long version) {
        return new Expected(version);
    }
}
