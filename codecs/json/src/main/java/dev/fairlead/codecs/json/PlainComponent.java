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
        /** The value that stands there; null for one that is to be left to Jackson. */
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
        if (type == String.class) {
            return PlainText::text;
        }
        if (type == long.class || type == Long.class) {
            return PlainText::whole;
        }
        if (type == int.class || type == Integer.class) {
            return PlainComponent::small;
        }
        if (type == double.class || type == Double.class) {
            return PlainText::real;
        }
        if (type == boolean.class || type == Boolean.class) {
            return PlainText::truth;
        }
        if (type == Instant.class) {
            return PlainComponent::instant;
        }
        return type.isEnum() ? symbols(type, mapper) : null;
    }

    private static @Nullable Object small(PlainText text) {
        Long number = text.whole();
        return number == null || number.intValue() != number ? null : number.intValue();
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
    private static @Nullable Content symbols(Class<?> type, JsonMapper mapper) {
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
