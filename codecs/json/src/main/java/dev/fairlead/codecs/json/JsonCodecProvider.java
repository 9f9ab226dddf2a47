package dev.fairlead.codecs.json;

import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.ValueCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON by Jackson 3, with limits on everything that a stranger could make large. */
public final class JsonCodecProvider implements CodecProvider {
    private final JsonMapper mapper = StrictJson.MAPPER;

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public <V> ValueCodec<V> codec(Class<V> type) {
        return new JsonCodec<>(
                "a value of " + type.getSimpleName(),
                mapper.writerFor(type),
                mapper.readerFor(type),
                PlainRecord.of(type));
    }

    @Override
    public ValueCodec<Map<String, @Nullable Object>> fields() {
        return new JsonCodec<>(
                "an object",
                mapper.writer(),
                mapper.readerFor(new TypeReference<Map<String, @Nullable Object>>() {})
                        .with(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                        .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS),
                null);
    }

    @Override
    public Projection projection(Set<String> fields) {
        return renaming(fields.stream().collect(Collectors.toMap(field -> field, List::of)));
    }

    @Override
    public Projection renaming(Map<String, List<String>> names) {
        return new JsonProjection(mapper.tokenStreamFactory(), names);
    }
}
