package dev.fairlead.codecs.json;

import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.ValueCodec;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** JSON by Jackson 3, with limits on everything that a stranger could make large. */
public final class JsonCodecProvider implements CodecProvider {
    private final JsonMapper mapper = StrictJson.mapper();

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public <V> ValueCodec<V> codec(Class<V> type) {
        return new JsonCodec<>(mapper, type);
    }

    @Override
    public Projection projection(Set<String> fields) {
        return new JsonProjection(mapper.tokenStreamFactory(), fields);
    }
}
