package dev.fairlead.schemas;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is known of a value: schemas that all hold, and the types that it may have.
 *
 * @param parts without references and {@code allOf}
 */
record Given(List<JsonNode> parts, Set<Types> types) {
    Given {
        parts = List.copyOf(parts);
        types = Set.copyOf(types);
    }

    static Given of(List<JsonNode> parts) {
        return new Given(parts, Types.of(parts));
    }

    /** What is known when these schemas hold too. */
    Given and(List<JsonNode> more) {
        List<JsonNode> all = new ArrayList<>(parts);
        all.addAll(more);
        Set<Types> left = EnumSet.noneOf(Types.class);
        left.addAll(types);
        left.retainAll(Types.of(all));
        return new Given(all, left);
    }

    /** What is known of values of one type. */
    Given only(Types type) {
        return new Given(parts, Set.of(type));
    }

    /** What is known when one keyword of one part is left out. */
    Given without(JsonNode part, String keyword) {
        List<JsonNode> left = new ArrayList<>(parts);
        left.remove(part);
        left.add(part.deepCopy().asObject().without(keyword));
        return new Given(left, types);
    }

    /** Whether a part has a keyword with just this value. */
    boolean says(String keyword, JsonNode value) {
        return parts.stream().anyMatch(part -> part.path(keyword).equals(value));
    }

    /** The strictest number that a keyword has in any part. */
    @Nullable
    BigDecimal strictest(String keyword, BinaryOperator<BigDecimal> stricter) {
        return parts.stream()
                .map(part -> part.path(keyword))
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .reduce(stricter)
                .orElse(null);
    }

    /** The names that an object must have. */
    Set<String> required() {
        Set<String> required = new LinkedHashSet<>();
        parts.forEach(part -> part.path("required").forEach(name -> required.add(name.asString())));
        return required;
    }

    /** The names that an object must have which has this one. */
    Set<String> requiredWith(String name) {
        Set<String> required = required();
        for (JsonNode part : parts) {
            for (String keyword : List.of("dependentRequired", "dependencies")) {
                JsonNode names = part.path(keyword).path(name);
                if (names.isArray()) {
                    names.forEach(each -> required.add(each.asString()));
                }
            }
        }
        return required;
    }

    /** The names about which any part says something. */
    Set<String> named() {
        Set<String> named = new LinkedHashSet<>();
        parts.forEach(part -> named.addAll(part.path("properties").propertyNames()));
        return named;
    }

    /** What must hold for the value of a name; for names of which no part says anything when it is null. */
    List<JsonNode> member(@Nullable String name) {
        List<JsonNode> member = new ArrayList<>();
        for (JsonNode part : parts) {
            JsonNode property = name == null
                    ? JsonNodeFactory.instance.missingNode()
                    : part.path("properties").path(name);
            if (!property.isMissingNode()) {
                member.add(property);
            } else if (!part.has("patternProperties")) {
                others(part, member);
            }
        }
        return member;
    }

    private static void others(JsonNode part, List<JsonNode> member) {
        if (part.has("additionalProperties")) {
            member.add(part.path("additionalProperties"));
        } else if (part.has("unevaluatedProperties") && Given.isPlain(part)) {
            member.add(part.path("unevaluatedProperties"));
        }
    }

    /** Whether all that a part says of an object's members stands in its own properties. */
    static boolean isPlain(JsonNode part) {
        return List.of("allOf", "anyOf", "oneOf", "if", "not", "$ref", "dependentSchemas", "patternProperties").stream()
                .noneMatch(part::has);
    }

    /** All values when there are only some; null when there may be any number. */
    @Nullable
    List<JsonNode> values() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        for (JsonNode part : parts) {
            if (part.has("const")) {
                return List.of(part.path("const"));
            }
            if (part.has("enum")) {
                return List.copyOf(part.path("enum").values());
            }
        }
        if (types.equals(Set.of(Types.NULL))) {
            return List.of(nodes.nullNode());
        }
        return types.equals(Set.of(Types.BOOLEAN)) ? List.of(nodes.booleanNode(false), nodes.booleanNode(true)) : null;
    }
}
