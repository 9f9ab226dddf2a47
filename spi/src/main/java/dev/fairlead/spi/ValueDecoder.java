package dev.fairlead.spi;

/**
 * Decodes values of one type that are read together, such as those of a page. For one thread.
 *
 * <p>Values may share what is equal in them, so it holds parts of values that it has decoded: whoever has it lets go of it with the page,
 * and nothing of an erased value is left but what other values have as well.
 */
@FunctionalInterface
public interface ValueDecoder<V> {
    /** The value of the bytes; as {@link ValueCodec#decode}. */
    V decode(byte[] payload);
}
