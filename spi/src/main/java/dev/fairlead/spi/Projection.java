package dev.fairlead.spi;

/** Cuts a payload down to the fields that one reader may see. Safe for many threads. */
public interface Projection {
    /** The payload with only the wanted fields; fails with {@link dev.fairlead.api.ErrorCode#BAD_VALUE} for malformed bytes. */
    byte[] apply(byte[] payload);
}
