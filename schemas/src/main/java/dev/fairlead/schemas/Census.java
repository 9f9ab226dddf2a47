package dev.fairlead.schemas;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses schemas that are too large, that refer to other documents, or that use what cannot be judged. */
final class Census {
    private static final int DEEPEST = 64;
    private static final Set<String> UNJUDGED = Set.of("$dynamicRef", "$recursiveRef", "$dynamicAnchor", "$vocabulary");

    private int left;

    private Census(int most) {
        this.left = most;
    }

    static void check(JsonNode root, int most) throws JsonSchema.Unusable {
        if (!root.isObject() && !root.isBoolean()) {
            throw new JsonSchema.Unusable("a schema is an object, true or false");
        }
        new Census(most).visit(root, 0);
        new Circles(root).check();
    }

    private void visit(JsonNode node, int depth) throws JsonSchema.Unusable {
        left--;
        if (left < 0 || depth > DEEPEST) {
            throw new JsonSchema.Unusable("the schema has more than 20000 parts or is nested deeper than 64");
        }
        if (node.isObject()) {
            for (String name : node.propertyNames()) {
                if (UNJUDGED.contains(name)) {
                    throw new JsonSchema.Unusable("`" + name + "` cannot be judged");
                }
                JsonNode value = node.path(name);
                if (name.equals("$ref") && value.isString() && !value.asString().startsWith("#")) {
                    throw new JsonSchema.Unusable(
                            "`$ref: " + value.asString() + "` leaves the document, and nothing is fetched");
                }
                visit(value, depth + 1);
            }
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                visit(element, depth + 1);
            }
        }
    }
}
