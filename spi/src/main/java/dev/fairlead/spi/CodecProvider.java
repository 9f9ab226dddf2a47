package dev.fairlead.spi;

import java.util.Set;

/** Makes the codecs of one format; found through {@link java.util.ServiceLoader}. */
public interface CodecProvider {
    /** The format's media type, such as {@code application/json}. */
    String mediaType();

    /** The codec of a record type. */
    <V> ValueCodec<V> codec(Class<V> type);

    /** A projection that keeps the named fields of a payload and nothing else, at the top level. */
    Projection projection(Set<String> fields);
}
