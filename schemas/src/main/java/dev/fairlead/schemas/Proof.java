package dev.fairlead.schemas;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tries to prove that every document which one schema allows is allowed by another.
 *
 * <p>Sound and not complete: {@code true} is a proof; {@code false} says only that none was found. Each keyword of the wanted
 * schema must follow from what is known of the value; where alternatives stand in the way, the cases are looked at one by one:
 * by type, then by branch.
 */
final class Proof {
    private static final int MOST_STEPS = 20_000;
    private static final int DEEPEST = 40;
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "$anchor",
            "definitions",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "allOf",
            "$ref",
            "then",
            "else",
            "minContains",
            "maxContains",
            "contentMediaType",
            "contentEncoding");

    private final JsonSchema given;
    private final JsonSchema wanted;
    private final Parts givenParts;
    private final Parts wantedParts;
    private final Set<String> narrower = new LinkedHashSet<>();
    private final Set<String> undecidable = new LinkedHashSet<>();
    private int steps;

    Proof(JsonSchema given, JsonSchema wanted) {
        this.given = given;
        this.wanted = wanted;
        this.givenParts = new Parts(given.root());
        this.wantedParts = new Parts(wanted.root());
    }

    /** Whether it was proved. */
    boolean holds() {
        return within(Given.of(givenParts.of(given.root())), wanted.root(), 0);
    }

    /** Keywords that allow less than before. */
    Set<String> narrower() {
        return narrower;
    }

    /** Keywords of which it cannot be said. */
    Set<String> undecidable() {
        return undecidable;
    }

    private boolean within(Given known, JsonNode schema, int depth) {
        steps++;
        if (steps > MOST_STEPS || depth > DEEPEST) {
            throw new Parts.Exhausted("the schemas are too entangled to be compared within the budget");
        }
        if (known.types().isEmpty()) {
            return true;
        }
        List<JsonNode> values = known.values() == null ? Bounds.whole(known) : known.values();
        if (values != null) {
            return values.stream()
                    .allMatch(value -> !given.accepts(known.parts(), value) || wanted.accepts(List.of(schema), value));
        }
        if (wantedParts.of(schema).stream().allMatch(part -> follows(known, part, depth))) {
            return true;
        }
        return byType(known, schema, depth) || byBranch(known, schema, depth);
    }

    private boolean byType(Given known, JsonNode schema, int depth) {
        return known.types().size() > 1
                && known.types().stream().allMatch(type -> within(known.only(type), schema, depth + 1));
    }

    private boolean byBranch(Given known, JsonNode schema, int depth) {
        for (JsonNode part : known.parts()) {
            for (String keyword : List.of("anyOf", "oneOf")) {
                if (part.has(keyword)) {
                    Given rest = known.without(part, keyword);
                    return Parts.list(part, keyword).stream()
                            .allMatch(branch -> within(rest.and(givenParts.of(branch)), schema, depth + 1));
                }
            }
        }
        return false;
    }

    private boolean follows(Given known, JsonNode part, int depth) {
        if (part.isBoolean()) {
            return part.asBoolean() || narrower("false");
        }
        for (String keyword : part.propertyNames()) {
            if (!ANNOTATIONS.contains(keyword) && !follows(known, part, keyword, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean follows(Given known, JsonNode part, String keyword, int depth) {
        JsonNode value = part.path(keyword);
        if (Bounds.knows(keyword)) {
            return Bounds.follows(known, keyword, value) || narrower(keyword);
        }
        return switch (keyword) {
            case "type" -> Types.named(value).containsAll(known.types()) || narrower(keyword);
            case "required" ->
                !known.types().contains(Types.OBJECT) || areAmong(known.required(), value) || narrower(keyword);
            case "properties" -> !known.types().contains(Types.OBJECT) || properties(known, value, depth);
            case "additionalProperties", "unevaluatedProperties" ->
                !known.types().contains(Types.OBJECT) || others(known, part, keyword, depth);
            case "items" -> !known.types().contains(Types.ARRAY) || items(known, part, depth);
            case "anyOf" -> Parts.list(part, keyword).stream().anyMatch(branch -> within(known, branch, depth + 1));
            case "oneOf" -> one(known, Parts.list(part, keyword), depth);
            case "if" -> condition(known, part, depth);
            case "dependentRequired", "dependencies" -> dependencies(known, keyword, value);
            case "enum", "const" -> narrower(keyword);
            case "pattern", "format" ->
                !known.types().contains(Types.STRING) || known.says(keyword, value) || undecidable(keyword);
            case "uniqueItems" ->
                !value.asBoolean()
                        || !known.types().contains(Types.ARRAY)
                        || known.says(keyword, value)
                        || narrower(keyword);
            case "prefixItems", "contains", "additionalItems", "unevaluatedItems" ->
                !known.types().contains(Types.ARRAY)
                        || (isSame() && known.says(keyword, value))
                        || undecidable(keyword);
            case "not", "patternProperties", "propertyNames", "dependentSchemas" ->
                (isSame() && known.says(keyword, value)) || undecidable(keyword);
            default -> true;
        };
    }

    /** Equal words mean the same only where references lead to the same. */
    private boolean isSame() {
        return given.root().path("$defs").equals(wanted.root().path("$defs"))
                && given.root().path("definitions").equals(wanted.root().path("definitions"));
    }

    private static boolean areAmong(Set<String> required, JsonNode names) {
        return names.valueStream().allMatch(name -> required.contains(name.asString()));
    }

    private boolean properties(Given known, JsonNode properties, int depth) {
        return properties.propertyNames().stream()
                .allMatch(name -> within(member(known, name), properties.path(name), depth + 1));
    }

    private Given member(Given known, String name) {
        return Given.of(flat(known.member(name)));
    }

    private List<JsonNode> flat(List<JsonNode> schemas) {
        List<JsonNode> flat = new ArrayList<>();
        schemas.forEach(schema -> flat.addAll(givenParts.of(schema)));
        return flat;
    }

    private boolean others(Given known, JsonNode part, String keyword, int depth) {
        JsonNode schema = part.path(keyword);
        if (schema.isBoolean() && schema.asBoolean()) {
            return true;
        }
        if (keyword.equals("unevaluatedProperties") && !Given.isPlain(part) || part.has("patternProperties")) {
            return (isSame() && known.parts().contains(part)) || undecidable(keyword);
        }
        Set<String> named =
                part.path("properties").propertyNames().stream().collect(LinkedHashSet::new, Set::add, Set::addAll);
        boolean isOpen = known.parts().stream().anyMatch(each -> each.has("patternProperties"));
        if (isOpen) {
            return undecidable(keyword);
        }
        return within(Given.of(flat(known.member(null))), schema, depth + 1)
                && known.named().stream()
                        .filter(name -> !named.contains(name))
                        .allMatch(name -> within(member(known, name), schema, depth + 1));
    }

    private boolean items(Given known, JsonNode part, int depth) {
        JsonNode items = part.path("items");
        boolean isPrefixed = part.has("prefixItems")
                || items.isArray()
                || known.parts().stream()
                        .anyMatch(each ->
                                each.has("prefixItems") || each.path("items").isArray());
        if (isPrefixed) {
            return (isSame() && known.parts().contains(part)) || undecidable("items");
        }
        List<JsonNode> elements = known.parts().stream()
                .map(each -> each.path("items"))
                .filter(each -> !each.isMissingNode())
                .toList();
        return within(Given.of(flat(elements)), items, depth + 1);
    }

    /** Exactly one branch holds when one is proved to, and no other can. */
    private boolean one(Given known, List<JsonNode> branches, int depth) {
        for (JsonNode branch : branches) {
            if (within(known, branch, depth + 1)) {
                return branches.stream().allMatch(other -> other == branch || isApart(known, other))
                        || undecidable("oneOf");
            }
        }
        return narrower("oneOf");
    }

    /** Whether no value can have a type that another schema allows, or a member with a constant of another schema. */
    private boolean isApart(Given known, JsonNode other) {
        List<JsonNode> parts = wantedParts.of(other);
        Set<Types> types = new LinkedHashSet<>(Types.of(parts));
        types.retainAll(known.types());
        if (types.isEmpty()) {
            return true;
        }
        Given branch = Given.of(parts);
        Set<String> common = new LinkedHashSet<>(known.required());
        common.retainAll(branch.named());
        return types.equals(Set.of(Types.OBJECT))
                && common.stream()
                        .anyMatch(name -> haveNoneInCommon(
                                member(known, name).values(),
                                Given.of(branch.member(name).stream()
                                                .flatMap(each -> wantedParts.of(each).stream())
                                                .toList())
                                        .values()));
    }

    private static boolean haveNoneInCommon(@Nullable List<JsonNode> some, @Nullable List<JsonNode> others) {
        return some != null && others != null && some.stream().noneMatch(others::contains);
    }

    private boolean condition(Given known, JsonNode part, int depth) {
        boolean isTold = isSame()
                && known.parts().stream()
                        .anyMatch(each -> List.of("if", "then", "else").stream()
                                .allMatch(keyword -> each.path(keyword).equals(part.path(keyword))));
        return isTold
                || ((!part.has("then") || within(known, part.path("then"), depth + 1))
                        && (!part.has("else") || within(known, part.path("else"), depth + 1)))
                || undecidable("if");
    }

    private boolean dependencies(Given known, String keyword, JsonNode dependencies) {
        if (!known.types().contains(Types.OBJECT) || known.says(keyword, dependencies)) {
            return true;
        }
        for (String name : dependencies.propertyNames()) {
            JsonNode names = dependencies.path(name);
            boolean isImpossible = member(known, name).types().isEmpty();
            if (!isImpossible && !(names.isArray() && areAmong(known.requiredWith(name), names))) {
                return names.isArray() ? narrower(keyword) : undecidable(keyword);
            }
        }
        return true;
    }

    private boolean narrower(String keyword) {
        narrower.add(keyword);
        return false;
    }

    private boolean undecidable(String keyword) {
        undecidable.add(keyword);
        return false;
    }
}
