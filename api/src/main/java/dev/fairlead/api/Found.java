package dev.fairlead.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of the values that a {@link Lookup} found by their fields.
 *
 * @param readings by key, in the order of the keys' bytes; may be empty although there are more
 * @param next the key behind which the following page begins; null when there is nothing more
 */
public record Found<K, V>(
        SequencedMap<K, Reading.Fresh<V>> readings,
        @Nullable K next) {
    public Found {
        readings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(readings));
    }
}
