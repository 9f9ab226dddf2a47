package dev.fairlead.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the codecs of one format; found through {@link java.util.ServiceLoader}. */
public interface CodecProvider {
    /** The format's media type, such as {@code application/json}. */
    String mediaType();

    /** The codec of a record type. */
    <V> ValueCodec<V> codec(Class<V> type);

    /**
     * The codec of records without a type, field by field: text as {@code String}, whole numbers as {@code BigInteger}, others as
     * {@code BigDecimal} (a {@code Double} can be written), truth values, lists and maps of such, and null.
     */
    ValueCodec<Map<String, @Nullable Object>> fields();

    /** A projection that keeps the named fields of a payload and nothing else, at the top level. */
    Projection projection(Set<String> fields);

    /** A projection that keeps these fields of a payload, at the top level, each under all the names given for it. */
    Projection renaming(Map<String, List<String>> names);
}
