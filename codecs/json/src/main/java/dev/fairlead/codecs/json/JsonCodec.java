package dev.fairlead.codecs.json;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.ValueCodec;
import dev.fairlead.spi.ValueDecoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

final class JsonCodec<V> implements ValueCodec<V> {
    private final String what;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final @Nullable PlainRecord<V> plain;

    /**
     * Makes a codec.
     *
     * @param what names a value in messages
     * @param plain reads most values, if there are such; null when the reader reads all
     */
    JsonCodec(String what, ObjectWriter writer, ObjectReader reader, @Nullable PlainRecord<V> plain) {
        this.what = what;
        this.writer = writer;
        this.reader = reader;
        this.plain = plain;
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
        V usual = plain == null ? null : plain.read(payload);
        return usual == null ? decodeAny(payload) : usual;
    }

    @Override
    public ValueDecoder<V> decoder() {
        if (plain == null) {
            return this::decodeAny;
        }
        PlainReader<V> usualOnes = plain.reader();
        return payload -> {
            V usual = usualOnes.read(payload);
            return usual == null ? decodeAny(payload) : usual;
        };
    }

    private V decodeAny(byte[] payload) {
        try {
            V value = reader.readValue(payload);
            if (value == null) {
                throw new FairleadException(ErrorCode.BAD_VALUE, what + " is JSON null");
            }
            return value;
        } catch (JacksonException e) {
            throw badValue("cannot be read from JSON", e);
        }
    }

    private FairleadException badValue(String fault, JacksonException cause) {
        return new FairleadException(
                ErrorCode.BAD_VALUE, what + " " + fault + ": " + firstLine(cause.getOriginalMessage()), cause);
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
