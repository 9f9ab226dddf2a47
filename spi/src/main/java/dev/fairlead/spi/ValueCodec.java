package dev.fairlead.spi;

/** Turns values of one type into bytes and back. Safe for many threads. */
public interface ValueCodec<V> {
    /** The value's bytes; fails with {@link dev.fairlead.api.ErrorCode#BAD_VALUE} for a value that the format cannot hold. */
    byte[] encode(V value);

    /**
     * The value of the bytes; unknown fields are passed over. Fails with {@link dev.fairlead.api.ErrorCode#BAD_VALUE} for bytes
     * that are not a value of the type or exceed the format's limits, never with anything else.
     */
    V decode(byte[] payload);

    /** A decoder for values that are read together: it gives what {@link #decode} gives, with less work for each. */
    default ValueDecoder<V> decoder() {
        return this::decode;
    }
}
