package dev.fairlead.codecs.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.PlanName;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A component of a record that is read without Jackson.
 *
 * @param name with its quotation marks
 * @param nullable whether it may be null, or missing
 * @param content reads what is not null
 */
record PlainComponent(byte[] name, boolean nullable, Content content) {
    /** How the values of one type are read. */
    @FunctionalInterface
    interface Content {
        /** Puts the value that stands there in its place; false for one that is to be left to Jackson. */
        boolean read(PlainText text, PlainValues into, int place);
    }

    /** How objects of one type are read. */
    @FunctionalInterface
    private interface Part {
        @Nullable
        Object read(PlainText text);
    }

    /** Null for a component of another type. */
    static @Nullable PlainComponent of(RecordComponent component, JsonMapper mapper) {
        Class<?> type = component.getType();
        Content content = content(type, mapper);
        if (content == null) {
            return null;
        }
        PlanName said = component.getAnnotation(PlanName.class);
        String name = said == null ? component.getName() : said.value();
        return new PlainComponent(("\"" + name + "\"").getBytes(UTF_8), !type.isPrimitive(), content);
    }

    private static @Nullable Content content(Class<?> type, JsonMapper mapper) {
        if (type == long.class) {
            return (text, into, place) -> text.takeWhole() && into.number(place, text.whole());
        }
        if (type == int.class) {
            return (text, into, place) -> takeSmall(text) && into.number(place, text.whole());
        }
        if (type == double.class) {
            return (text, into, place) ->
                    text.takeReal() && into.number(place, Double.doubleToRawLongBits(text.real()));
        }
        Part part = part(type, mapper);
        return part == null ? null : (text, into, place) -> into.part(place, part.read(text));
    }

    private static @Nullable Part part(Class<?> type, JsonMapper mapper) {
        if (type == String.class) {
            return PlainText::text;
        }
        if (type == Long.class) {
            return text -> text.takeWhole() ? text.whole() : null;
        }
        if (type == Integer.class) {
            return text -> takeSmall(text) ? (int) text.whole() : null;
        }
        if (type == Double.class) {
            return text -> text.takeReal() ? text.real() : null;
        }
        if (type == boolean.class || type == Boolean.class) {
            return PlainText::truth;
        }
        if (type == Instant.class) {
            return PlainComponent::instant;
        }
        return type.isEnum() ? symbols(type, mapper) : null;
    }

    private static boolean takeSmall(PlainText text) {
        return text.takeWhole() && (int) text.whole() == text.whole();
    }

    private static @Nullable Object instant(PlainText text) {
        String said = text.text();
        try {
            return said == null || !said.endsWith("Z") ? null : Instant.parse(said);
        } catch (DateTimeException other) {
            return null;
        }
    }

    /** Which text stands for which constant is what Jackson writes for it. */
    private static @Nullable Part symbols(Class<?> type, JsonMapper mapper) {
        if (PlainRecord.isForJackson(type)) {
            return null;
        }
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            JsonNode written = mapper.valueToTree(constant);
            if (!written.isString() || constants.put(written.stringValue(), constant) != null) {
                return null;
            }
        }
        return text -> {
            String symbol = text.text();
            return symbol == null ? null : constants.get(symbol);
        };
    }
}
