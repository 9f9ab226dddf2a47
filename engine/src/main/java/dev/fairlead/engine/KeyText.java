package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns keys of one type into text and bytes, and back. */
final class KeyText<K> {
    private final String item;
    private final boolean isText;
    private final Map<Object, String> symbols;
    private final Function<String, K> parser;

    private KeyText(String item, Class<K> type, Map<Object, String> symbols, Function<String, K> parser) {
        this.item = item;
        this.isText = type == String.class;
        this.symbols = symbols;
        this.parser = parser;
    }

    static <K> KeyText<K> of(String item, Class<K> type) {
        Map<Object, String> symbols = new HashMap<>();
        Map<String, Object> constants = new HashMap<>();
        if (type.isEnum()) {
            for (K constant : type.getEnumConstants()) {
                String symbol = NamesInPlan.of((Enum<?>) constant);
                symbols.put(constant, symbol);
                constants.put(symbol, constant);
            }
        }
        return new KeyText<>(item, type, symbols, text -> type.cast(parse(item, type, constants, text)));
    }

    byte[] bytes(K key) {
        String text = text(key);
        byte[] bytes = text.getBytes(UTF_8);
        if (!isWhole(text)) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a key of " + item
                            + " holds half of a surrogate pair, which is no character: all such keys would be one");
        }
        if (bytes.length == 0 || bytes.length > LogEntry.MAX_KEY) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a key of " + item + " has " + bytes.length + " bytes (allowed are 1 to " + LogEntry.MAX_KEY + ")");
        }
        return bytes;
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (Character.isSurrogate(each)) {
                boolean pair = Character.isHighSurrogate(each)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    String text(K key) {
        return symbols.getOrDefault(key, key.toString());
    }

    K key(byte[] bytes) {
        try {
            return parser.apply(new String(bytes, UTF_8));
        } catch (IllegalArgumentException e) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "a record of " + item + " has a key of another type", e);
        }
    }

    /** The key of the bytes; the text that its value holds itself where that is the same, so that it is there once. */
    @SuppressWarnings("unchecked") // the parser gives back texts, too
    K key(byte[] bytes, @Nullable Object held) {
        return isText && held instanceof String text && isSame(text, bytes) ? (K) text : key(bytes);
    }

    /** Whether both are the same letters of ASCII. */
    private static boolean isSame(String text, byte[] bytes) {
        if (text.length() != bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < 0 || text.charAt(i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static Object parse(String item, Class<?> type, Map<String, Object> constants, String text) {
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
            return Optional.ofNullable(constants.get(text))
                    .orElseThrow(() -> new IllegalArgumentException("no symbol of " + type.getName()));
        }
        throw new FairleadException(
                ErrorCode.HANDLE_MISMATCH,
                "the key type " + type.getName() + " of " + item
                        + " is not supported (use String, Integer, Long, UUID or an enum)");
    }
}
