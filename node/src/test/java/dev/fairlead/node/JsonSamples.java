package dev.fairlead.node;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that fit a JSON Schema, by chance: the extremes more often than chance would have them. */
final class JsonSamples {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS =
            List.of("a", "k1", "ı İ ß \uD83D\uDEA2 \"\\/ </script>", "x".repeat(300), "a/b", "..", "%2e");

    private final Random random;
    private final UnaryOperator<JsonNode> resolved;

    /** @param resolved gives what a schema refers to, or the schema itself */
    JsonSamples(Random random, UnaryOperator<JsonNode> resolved) {
        this.random = random;
        this.resolved = resolved;
    }

    JsonNode of(JsonNode reference) {
        JsonNode schema = resolved.apply(reference);
        for (String several : List.of("anyOf", "oneOf")) {
            if (schema.has(several)) {
                return of(any(schema.get(several)));
            }
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return any(schema.get("enum"));
        }
        JsonNode type = schema.path("type");
        String name = (type.isArray() ? any(type) : type).asString();
        return switch (name) {
            case "string" -> text(schema);
            case "integer" -> NODES.numberNode(integer(schema));
            case "number" -> schema.has("multipleOf") ? NODES.numberNode(decimal(schema)) : NODES.numberNode(0.1);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "array" -> array(schema);
            case "object" -> object(schema);
            case "null" -> NODES.nullNode();
            default -> throw new AssertionError("a schema of no known type: " + schema);
        };
    }

    private JsonNode text(JsonNode schema) {
        String format = schema.path("format").asString("");
        String pattern = schema.path("pattern").asString("");
        if (pattern.startsWith("^[a-z]")) {
            return string("labels");
        }
        if (!pattern.isEmpty()) {
            return string(any(List.of(Duration.ZERO, Duration.ofMillis(-1500), Duration.ofDays(40))));
        }
        if (schema.has("contentEncoding")) {
            return string(Base64.getEncoder().encodeToString(new byte[random.nextInt(20)]));
        }
        return switch (format) {
            case "date-time" -> string(any(List.of(Instant.EPOCH, Instant.parse("2026-02-28T23:59:59.123456789Z"))));
            case "date" -> string(any(List.of(LocalDate.EPOCH, LocalDate.of(2024, 2, 29))));
            case "uuid" -> string(new UUID(random.nextLong(), random.nextLong()));
            default -> string(any(TEXTS));
        };
    }

    private static JsonNode string(Object value) {
        return NODES.stringNode(value.toString());
    }

    private BigInteger integer(JsonNode schema) {
        BigInteger least = new BigInteger(schema.path("minimum").asString("-1000"));
        BigInteger most = new BigInteger(schema.path("maximum").asString("1000"));
        return any(List.of(least, most, least.add(BigInteger.ONE).min(most)));
    }

    private BigDecimal decimal(JsonNode schema) {
        BigDecimal most = new BigDecimal(schema.get("maximum").asString());
        BigDecimal step = new BigDecimal(schema.get("multipleOf").asString());
        return any(List.of(most, most.negate(), step, BigDecimal.ZERO));
    }

    private ArrayNode array(JsonNode schema) {
        ArrayNode array = NODES.arrayNode();
        for (int i = schema.path("minItems").asInt(0) + random.nextInt(3); i > 0; i--) {
            array.add(of(schema.get("items")));
        }
        return array;
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (required.contains(property.getKey()) || random.nextBoolean()) {
                object.set(property.getKey(), of(property.getValue()));
            }
        }
        if (schema.path("additionalProperties").isObject()) {
            object.set("any name", of(schema.get("additionalProperties")));
        }
        return object;
    }

    private JsonNode any(JsonNode values) {
        return values.get(random.nextInt(values.size()));
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
