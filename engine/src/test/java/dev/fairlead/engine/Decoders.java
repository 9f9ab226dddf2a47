package dev.fairlead.engine;

import dev.fairlead.codecs.json.JsonCodecProvider;
import java.util.Optional;
import java.util.Set;

/** Decoders of copies of one item, whose values have their key as the component {@code symbol}. */
final class Decoders {
    private Decoders() {}

    static <V> CopyDecoder<String, V> of(String item, Class<V> type) {
        return new CopyDecoder<>(
                KeyText.of(item, String.class),
                "symbol",
                new JsonCodecProvider().codec(type),
                new RecordAccess<>(item, type, Set.of()),
                new Outlet(item, Optional.empty()));
    }
}
