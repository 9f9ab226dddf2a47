package dev.fairlead.codecs.json;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Projection;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;

/** Copies the wanted top-level fields token by token, each under the names that it is to have, so that no value that is not wanted is ever built. */
final class JsonProjection implements Projection {
    private final TokenStreamFactory factory;
    private final Map<String, List<String>> names;

    JsonProjection(TokenStreamFactory factory, Map<String, List<String>> names) {
        this.factory = factory;
        this.names = Map.copyOf(names);
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
            List<String> wanted = names.getOrDefault(name, List.of());
            parser.nextToken();
            switch (wanted.size()) {
                case 0 -> parser.skipChildren();
                case 1 -> {
                    generator.writeName(wanted.getFirst());
                    generator.copyCurrentStructure(parser);
                }
                default -> copy(parser, generator, wanted);
            }
        }
        generator.writeEndObject();
    }

    private void copy(JsonParser parser, JsonGenerator generator, List<String> wanted) {
        StringWriter value = new StringWriter();
        try (JsonGenerator aside = factory.createGenerator(ObjectWriteContext.empty(), value)) {
            aside.copyCurrentStructure(parser);
        }
        for (String name : wanted) {
            generator.writeName(name);
            generator.writeRawValue(value.toString());
        }
    }
}
