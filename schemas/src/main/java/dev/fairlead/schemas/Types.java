package dev.fairlead.schemas;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The types of JSON values, numbers parted into whole and broken ones, so that they do not overlap. */
enum Types {
    NULL,
    BOOLEAN,
    INTEGER,
    FRACTION,
    STRING,
    ARRAY,
    OBJECT;

    /** The types that all of these schemas together allow by {@code type}. */
    static Set<Types> of(List<JsonNode> parts) {
        Set<Types> types = EnumSet.allOf(Types.class);
        for (JsonNode part : parts) {
            if (part.isBoolean() && !part.asBoolean()) {
                return EnumSet.noneOf(Types.class);
            }
            if (part.has("type")) {
                types.retainAll(named(part.path("type")));
            }
            if (part.has("const")) {
                types.retainAll(EnumSet.of(of(part.path("const"))));
            }
            if (part.has("enum")) {
                Set<Types> listed = EnumSet.noneOf(Types.class);
                part.path("enum").forEach(value -> listed.add(of(value)));
                types.retainAll(listed);
            }
        }
        return types;
    }

    static Set<Types> named(JsonNode type) {
        Set<Types> types = EnumSet.noneOf(Types.class);
        if (type.isArray()) {
            type.forEach(each -> types.addAll(named(each)));
        } else if (type.asString().equals("number")) {
            types.addAll(EnumSet.of(INTEGER, FRACTION));
        } else {
            types.add(valueOf(type.asString().toUpperCase(Locale.ROOT)));
        }
        return types;
    }

    static Types of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> NULL;
            case BOOLEAN -> BOOLEAN;
            case STRING -> STRING;
            case ARRAY -> ARRAY;
            case OBJECT -> OBJECT;
            default -> value.decimalValue().stripTrailingZeros().scale() <= 0 ? INTEGER : FRACTION;
        };
    }

    /** The word of {@code type} for exactly these values; a fraction has none of its own. */
    String word() {
        return this == FRACTION ? "number" : name().toLowerCase(Locale.ROOT);
    }
}
