package dev.fairlead.node.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Says in a few words what fits a schema. */
final class SchemaWords {
    private SchemaWords() {}

    /** For example {@code list of string}, {@code EUR | USD}, {@code integer or null}. */
    static String of(JsonNode schema) {
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").asString();
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        for (String several : List.of("anyOf", "oneOf")) {
            if (schema.has(several)) {
                return joined(schema.get(several), " or ");
            }
        }
        if (schema.has("const")) {
            return schema.get("const").asString();
        }
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .map(symbol -> symbol.isNull() ? "null" : symbol.asString())
                    .collect(Collectors.joining(" | "));
        }
        return typed(schema);
    }

    private static String joined(JsonNode schemas, String between) {
        return StreamSupport.stream(schemas.spliterator(), false)
                .map(SchemaWords::of)
                .distinct()
                .collect(Collectors.joining(between));
    }

    private static String typed(JsonNode schema) {
        JsonNode type = schema.path("type");
        List<String> names = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(each -> names.add(each.asString()));
        } else {
            names.add(type.asString("any"));
        }
        String orNull = names.contains("null") ? " or null" : "";
        return switch (names.getFirst()) {
            case "array" -> "list of " + of(schema.get("items")) + orNull;
            case "object" -> object(schema) + orNull;
            default -> names.getFirst() + detail(schema) + orNull;
        };
    }

    private static String object(JsonNode schema) {
        JsonNode values = schema.path("additionalProperties");
        if (values.isObject()) {
            return "map of " + of(values);
        }
        return schema.path("properties").properties().stream()
                .map(property -> property.getKey() + ": " + of(property.getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String detail(JsonNode schema) {
        if (schema.has("x-precision")) {
            return " in steps of " + schema.get("multipleOf").asString();
        }
        return schema.has("format") ? " (" + schema.get("format").asString() + ")" : "";
    }

    /** What a property says beyond its type: its class, unit and so on. */
    static String remarks(Map.Entry<String, JsonNode> property) {
        List<String> remarks = new ArrayList<>();
        for (String name : List.of("class", "unit", "currency", "timezone", "scale")) {
            JsonNode said = property.getValue().path("x-" + name);
            if (!said.isMissingNode()) {
                remarks.add(name + " " + said.asString());
            }
        }
        return String.join(", ", remarks);
    }
}
