package dev.fairlead.schemas;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes documents on which two schemas may differ: the values that they name, the ends of their ranges and one step beyond,
 * objects with and without each member, short lists. Which of them shows a difference is for validators to say.
 */
final class Candidates {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 5;
    private static final int MOST_PER_PLACE = 48;
    private static final int LONGEST_TEXT = 300;
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "0",
            "42",
            "ab",
            "2024-01-01",
            "2024-01-01T00:00:00Z",
            "12:00:00Z",
            "a@example.org",
            "https://example.org/",
            "00000000-0000-0000-0000-000000000000",
            "127.0.0.1");

    /** Keywords that say something of values of one type, which is therefore likely where no type is named. */
    private static final Map<Types, List<String>> ABOUT = Map.of(
            Types.OBJECT,
            List.of(
                    "properties",
                    "required",
                    "additionalProperties",
                    "dependentRequired",
                    "dependencies",
                    "minProperties",
                    "maxProperties"),
            Types.ARRAY,
            List.of("items", "prefixItems", "contains", "uniqueItems", "minItems", "maxItems"),
            Types.STRING,
            List.of("minLength", "maxLength", "pattern", "format"),
            Types.INTEGER,
            List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"));

    private final Side given;
    private final Side wanted;
    private int left;

    /** Documents for a pair of schemas, at most about {@code most}. */
    Candidates(JsonSchema first, JsonSchema second, int most) {
        this.given = new Side(first, new Parts(first.root()), first.root());
        this.wanted = new Side(second, new Parts(second.root()), second.root());
        this.left = most;
    }

    /** A schema and the document that its references lead into. */
    private record Side(JsonSchema whole, Parts parts, JsonNode schema) {
        Side at(JsonNode other) {
            return new Side(whole, parts, other);
        }

        boolean accepts(JsonNode value) {
            return whole.accepts(List.of(schema), value);
        }
    }

    /** All documents. */
    List<JsonNode> all() {
        return at(List.of(given, wanted), 0);
    }

    /** The value that fits best what is said of a member, what is written first. */
    private static JsonNode best(List<Side> sides, List<JsonNode> values) {
        List<Side> asked = sides.stream().limit(4).toList();
        return values.stream()
                .max(Comparator.comparingLong(value -> -misfits(asked, value)))
                .orElseThrow();
    }

    private static long misfits(List<Side> sides, JsonNode value) {
        long misfits = 0;
        for (int index = 0; index < sides.size(); index++) {
            misfits += sides.get(index).accepts(value) ? 0 : 1L << (sides.size() - index);
        }
        return misfits;
    }

    private List<JsonNode> at(List<Side> sides, int depth) {
        List<Side> all = spread(sides);
        Set<JsonNode> values = new LinkedHashSet<>();
        for (Side side : all) {
            side.schema().path("enum").forEach(values::add);
            if (side.schema().has("const")) {
                values.add(side.schema().path("const"));
            }
        }
        Set<Types> likely = new LinkedHashSet<>();
        all.forEach(side -> {
            if (side.schema().has("type")) {
                likely.addAll(Types.named(side.schema().path("type")));
            }
            ABOUT.forEach((type, keywords) -> {
                if (keywords.stream().anyMatch(side.schema()::has)) {
                    likely.add(type);
                }
            });
        });
        Map<Types, Collection<JsonNode>> byType = new LinkedHashMap<>();
        byType.put(Types.INTEGER, numbers(all));
        byType.put(Types.STRING, texts(all));
        byType.put(Types.OBJECT, depth < DEEPEST ? objects(all, depth) : List.of(NODES.objectNode()));
        byType.put(Types.ARRAY, depth < DEEPEST ? arrays(all, depth) : List.of(NODES.arrayNode()));
        byType.put(Types.BOOLEAN, List.of(NODES.booleanNode(false), NODES.booleanNode(true)));
        byType.put(Types.NULL, List.of(NODES.nullNode()));
        byType.forEach((type, some) -> {
            if (likely.contains(type) || (type == Types.INTEGER && likely.contains(Types.FRACTION))) {
                values.addAll(some);
            }
        });
        byType.forEach((type, some) -> some.stream().limit(6).forEach(values::add));
        List<JsonNode> chosen = values.stream()
                .limit(depth == 0 ? Math.max(left, 1) : MOST_PER_PLACE)
                .toList();
        left -= chosen.size();
        return chosen;
    }

    /** All schemas that speak of the same value: through references, combinations and conditions. */
    private static List<Side> spread(List<Side> sides) {
        Set<JsonNode> seen = new LinkedHashSet<>();
        List<Side> all = new ArrayList<>(sides);
        for (int index = 0; index < all.size() && all.size() < 200; index++) {
            Side side = all.get(index);
            JsonNode schema = side.schema();
            if (schema.has("$ref") && seen.add(schema.path("$ref"))) {
                all.add(side.at(side.parts().target(schema.path("$ref").asString())));
            }
            for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
                schema.path(keyword).forEach(branch -> all.add(side.at(branch)));
            }
            for (String keyword : List.of("if", "then", "else", "not")) {
                if (schema.has(keyword)) {
                    all.add(side.at(schema.path(keyword)));
                }
            }
            schema.path("dependentSchemas").forEach(branch -> all.add(side.at(branch)));
        }
        return all;
    }

    private static Collection<JsonNode> numbers(List<Side> all) {
        Set<BigDecimal> numbers = new LinkedHashSet<>(List.of(
                BigDecimal.ZERO, BigDecimal.ONE.negate(), BigDecimal.ONE, new BigDecimal("4.5"), BigDecimal.TEN));
        for (Side side : all) {
            for (String keyword : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")) {
                if (side.schema().path(keyword).isNumber()) {
                    BigDecimal limit = side.schema().path(keyword).decimalValue();
                    numbers.addAll(List.of(
                            limit,
                            limit.add(BigDecimal.ONE),
                            limit.subtract(BigDecimal.ONE),
                            limit.add(new BigDecimal("0.5")),
                            limit.add(limit)));
                }
            }
        }
        return numbers.stream().map(each -> (JsonNode) NODES.numberNode(each)).toList();
    }

    private static Collection<JsonNode> texts(List<Side> all) {
        Set<String> texts = new LinkedHashSet<>(TEXTS);
        for (Side side : all) {
            for (String keyword : List.of("minLength", "maxLength")) {
                int length = side.schema().path(keyword).asInt(-1);
                for (int each = Math.max(0, length - 1);
                        length >= 0 && each <= Math.min(length + 1, LONGEST_TEXT);
                        each++) {
                    texts.add("a".repeat(each));
                }
            }
        }
        return texts.stream().map(each -> (JsonNode) NODES.stringNode(each)).toList();
    }

    private Collection<JsonNode> objects(List<Side> all, int depth) {
        Map<String, List<Side>> members = new LinkedHashMap<>();
        Set<String> required = new LinkedHashSet<>();
        Set<String> together = new LinkedHashSet<>();
        Set<Integer> sizes = new LinkedHashSet<>();
        List<Side> others = new ArrayList<>();
        for (Side side : all) {
            JsonNode schema = side.schema();
            schema.path("required").forEach(name -> required.add(name.asString()));
            for (String name : schema.path("properties").propertyNames()) {
                members.computeIfAbsent(name, key -> new ArrayList<>())
                        .add(side.at(schema.path("properties").path(name)));
            }
            for (String keyword : List.of("additionalProperties", "unevaluatedProperties")) {
                if (schema.path(keyword).isObject()) {
                    others.add(side.at(schema.path(keyword)));
                }
            }
            for (String keyword : List.of("dependentRequired", "dependencies")) {
                for (String name : schema.path(keyword).propertyNames()) {
                    together.add(name);
                    schema.path(keyword).path(name).forEach(each -> {
                        if (each.isString()) {
                            together.add(each.asString());
                        }
                    });
                }
            }
            sizes.addAll(lengths(schema, "minProperties", "maxProperties"));
        }
        together.addAll(required);
        together.forEach(name -> members.computeIfAbsent(name, key -> new ArrayList<>()));
        members.put("other", others);
        return objects(members, required, sizes, depth);
    }

    /** What a schema says of how many there may be, and one more. */
    private static Set<Integer> lengths(JsonNode schema, String... keywords) {
        Set<Integer> lengths = new LinkedHashSet<>();
        for (String keyword : keywords) {
            int length = schema.path(keyword).asInt(-1);
            if (length >= 0 && length < 100) {
                lengths.addAll(List.of(length, length + 1));
            }
        }
        return lengths;
    }

    private Collection<JsonNode> objects(
            Map<String, List<Side>> members, Set<String> required, Set<Integer> sizes, int depth) {
        Map<String, List<JsonNode>> values = new LinkedHashMap<>();
        members.forEach((name, sides) -> values.put(name, left > 0 ? at(sides, depth + 1) : List.of(NODES.nullNode())));
        Set<JsonNode> objects = new LinkedHashSet<>();
        objects.add(NODES.objectNode());
        ObjectNode whole = NODES.objectNode();
        ObjectNode least = NODES.objectNode();
        values.forEach((name, some) -> {
            JsonNode best = best(members.getOrDefault(name, List.of()), some);
            if (!name.equals("other")) {
                whole.set(name, best);
            }
            if (required.contains(name)) {
                least.set(name, best);
            }
        });
        for (ObjectNode base : Arrays.asList(least, whole)) {
            objects.add(base);
            values.forEach((name, some) -> {
                objects.add(base.deepCopy().without(name));
                some.forEach(value -> objects.add(base.deepCopy().set(name, value)));
            });
        }
        values.forEach((name, some) -> objects.add(NODES.objectNode().set(name, some.getFirst())));
        JsonNode filling =
                best(members.getOrDefault("other", List.of()), values.getOrDefault("other", List.of(NODES.nullNode())));
        sizes.forEach(size -> objects.add(sized(whole, size, filling)));
        return objects;
    }

    private static ObjectNode sized(ObjectNode whole, int size, JsonNode filling) {
        ObjectNode sized = NODES.objectNode();
        whole.properties().stream().limit(size).forEach(each -> sized.set(each.getKey(), each.getValue()));
        for (int number = sized.size(); number < size; number++) {
            sized.set("other" + number, filling);
        }
        return sized;
    }

    private Collection<JsonNode> arrays(List<Side> all, int depth) {
        List<Side> elements = new ArrayList<>();
        Set<Integer> lengths = new LinkedHashSet<>(List.of(1, 2));
        for (Side side : all) {
            for (String keyword : List.of("items", "contains", "additionalItems")) {
                if (side.schema().path(keyword).isObject()) {
                    elements.add(side.at(side.schema().path(keyword)));
                }
            }
            side.schema().path("prefixItems").forEach(each -> elements.add(side.at(each)));
            lengths.addAll(lengths(side.schema(), "minItems", "maxItems"));
        }
        List<JsonNode> values = left > 0 ? at(elements, depth + 1) : List.of(NODES.nullNode());
        Set<JsonNode> arrays = new LinkedHashSet<>();
        arrays.add(NODES.arrayNode());
        for (JsonNode value : values) {
            arrays.add(NODES.arrayNode().add(value));
        }
        JsonNode best = best(elements, values);
        List<JsonNode> fitting = elements.isEmpty()
                ? values
                : values.stream().filter(elements.getFirst()::accepts).toList();
        for (int length : lengths) {
            ArrayNode alike = NODES.arrayNode();
            ArrayNode different = NODES.arrayNode();
            for (int index = 0; index < length; index++) {
                alike.add(best);
                different.add(fitting.isEmpty() ? best : fitting.get(index % fitting.size()));
            }
            arrays.add(alike);
            arrays.add(different);
        }
        return arrays;
    }

    /** The shortest first, so that a witness is easy to read. */
    static Comparator<JsonNode> shortest() {
        return Comparator.comparingInt((JsonNode value) -> value.toString().length())
                .thenComparing(JsonNode::toString);
    }
}
