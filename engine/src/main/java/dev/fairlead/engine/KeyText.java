package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogEntry;
import java.util.UUID;
import java.util.function.Function;

/** Turns keys of one type into text and bytes, and back. */
final class KeyText<K> {
    private final String item;
    private final Function<String, K> parser;

    private KeyText(String item, Function<String, K> parser) {
        this.item = item;
        this.parser = parser;
    }

    static <K> KeyText<K> of(String item, Class<K> type) {
        return new KeyText<>(item, text -> type.cast(parse(item, type, text)));
    }

    byte[] bytes(K key) {
        byte[] bytes = text(key).getBytes(UTF_8);
        if (bytes.length == 0 || bytes.length > LogEntry.MAX_KEY) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a key of " + item + " has " + bytes.length + " bytes (allowed are 1 to " + LogEntry.MAX_KEY + ")");
        }
        return bytes;
    }

    String text(K key) {
        return key instanceof Enum<?> symbol ? symbol.name() : key.toString();
    }

    K key(byte[] bytes) {
        try {
            return parser.apply(new String(bytes, UTF_8));
        } catch (IllegalArgumentException e) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "a record of " + item + " has a key of another type", e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object parse(String item, Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == UUID.class) {
            return UUID.fromString(text);
        }
        if (type.isEnum()) {
            return Enum.valueOf((Class) type, text);
        }
        throw new FairleadException(
                ErrorCode.HANDLE_MISMATCH,
                "the key type " + type.getName() + " of " + item
                        + " is not supported (use String, Integer, Long, UUID or an enum)");
    }
}
