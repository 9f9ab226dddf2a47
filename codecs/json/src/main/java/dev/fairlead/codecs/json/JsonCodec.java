package dev.fairlead.codecs.json;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.ValueCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

final class JsonCodec<V> implements ValueCodec<V> {
    private final Class<V> type;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    JsonCodec(JsonMapper mapper, Class<V> type) {
        this.type = type;
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
    }

    @Override
    public byte[] encode(V value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw badValue("cannot be written as JSON", e);
        }
    }

    @Override
    public V decode(byte[] payload) {
        try {
            V value = reader.readValue(payload);
            if (value == null) {
                throw new FairleadException(
                        ErrorCode.BAD_VALUE, "a value of " + type.getSimpleName() + " is JSON null");
            }
            return value;
        } catch (JacksonException e) {
            throw badValue("cannot be read from JSON", e);
        }
    }

    private FairleadException badValue(String what, JacksonException cause) {
        return new FairleadException(
                ErrorCode.BAD_VALUE,
                "a value of " + type.getSimpleName() + " " + what + ": " + firstLine(cause.getOriginalMessage()),
                cause);
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
