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

/**
 * A component of a record that is read without Jackson.
 *
 * @param name with its quotation marks
 * @param opening the name with the mark before it and the colon behind it, as a codec writes it that leaves nothing out
 * @param nullable whether it may be null, or missing
 * @param content what is read where it is not null
 * @param part reads an {@link Content#OBJECT}; others do without
 */
record PlainComponent(PlainPiece name, PlainPiece opening, boolean nullable, Content content, Part part) {
    /** What a component holds; a switch over it costs less than a call of something else for each component. */
    enum Content {
        WHOLE,
        SMALL,
        REAL,
        TEXT,
        OBJECT
    }

    /** How objects of one type are read. */
    @FunctionalInterface
    interface Part {
        @Nullable
        Object read(PlainText text);
    }

    /** Null for a component of another type; the mark is what a codec writes before it. */
    static @Nullable PlainComponent of(RecordComponent component, char mark) {
        Class<?> type = component.getType();
        Content content = content(type);
        Part part = content == Content.OBJECT ? part(type) : PlainText::text;
        if (part == null) {
            return null;
        }
        PlanName said = component.getAnnotation(PlanName.class);
        String name = "\"" + (said == null ? component.getName() : said.value()) + "\"";
        PlainPiece opening = piece(mark + name + ":");
        return new PlainComponent(piece(name), opening, !type.isPrimitive(), content, part);
    }

    private static PlainPiece piece(String text) {
        return new PlainPiece(text.getBytes(UTF_8));
    }

    private static Content content(Class<?> type) {
        if (type == long.class) {
            return Content.WHOLE;
        }
        if (type == int.class) {
            return Content.SMALL;
        }
        if (type == double.class) {
            return Content.REAL;
        }
        return type == String.class ? Content.TEXT : Content.OBJECT;
    }

    /** Puts the value that stands there in its place; false for one that is to be left to Jackson. */
    boolean read(PlainText text, PlainValues into, int place) {
        if (nullable && text.takeNull()) {
            into.leaveOut(place);
            return true;
        }
        return switch (content) {
            case WHOLE -> text.takeWhole() && into.number(place, text.whole());
            case SMALL -> takeSmall(text) && into.number(place, text.whole());
            case REAL -> text.takeReal() && into.number(place, Double.doubleToRawLongBits(text.real()));
            case TEXT -> into.part(place, text.text());
            case OBJECT -> into.part(place, part.read(text));
        };
    }

    private static @Nullable Part part(Class<?> type) {
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
        return type.isEnum() ? symbols(type) : null;
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
    private static @Nullable Part symbols(Class<?> type) {
        if (PlainRecord.isForJackson(type)) {
            return null;
        }
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            JsonNode written = StrictJson.MAPPER.valueToTree(constant);
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
