package dev.fairlead.codecs.json;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Projection;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;

/** Copies the wanted top-level fields token by token, so that no value that is not wanted is ever built. */
final class JsonProjection implements Projection {
    private final TokenStreamFactory factory;
    private final Set<String> fields;

    JsonProjection(TokenStreamFactory factory, Set<String> fields) {
        this.factory = factory;
        this.fields = Set.copyOf(fields);
    }

    @Override
    public byte[] apply(byte[] payload) {
        ByteArrayOutputStream projected = new ByteArrayOutputStream(payload.length);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), payload);
                JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), projected)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new FairleadException(ErrorCode.BAD_VALUE, "a value to be projected is not a JSON object");
            }
            copyFields(parser, generator);
        } catch (JacksonException e) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "a value to be projected is not valid JSON", e);
        }
        return projected.toByteArray();
    }

    private void copyFields(JsonParser parser, JsonGenerator generator) {
        generator.writeStartObject();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (fields.contains(name)) {
                generator.copyCurrentStructure(parser);
            } else {
                parser.nextToken();
                parser.skipChildren();
            }
        }
        generator.writeEndObject();
    }
}
