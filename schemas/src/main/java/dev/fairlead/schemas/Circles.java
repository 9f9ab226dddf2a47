package dev.fairlead.schemas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses references that lead back to where they began without going into a member: a validator would never end. */
final class Circles {
    private static final List<String> SAME_VALUE = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> SAME_VALUE_ALONE = List.of("not", "if", "then", "else");

    private final Parts parts;
    private final JsonNode root;
    private final Map<JsonNode, Boolean> open = new IdentityHashMap<>();
    private final Set<JsonNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> followed = new HashSet<>();

    Circles(JsonNode root) {
        this.root = root;
        this.parts = new Parts(root);
    }

    void check() throws JsonSchema.Unusable {
        visit(root);
        List<JsonNode> all = new ArrayList<>(List.of(root));
        for (int index = 0; index < all.size(); index++) {
            JsonNode node = all.get(index);
            if (node.path("$ref").isString() && followed.add(node.path("$ref").asString())) {
                visit(node);
            }
            node.forEach(all::add);
        }
    }

    private void visit(JsonNode schema) throws JsonSchema.Unusable {
        if (!schema.isObject() || done.contains(schema)) {
            return;
        }
        if (open.put(schema, Boolean.TRUE) != null) {
            throw new JsonSchema.Unusable("`$ref` leads back to itself without going into a member");
        }
        for (JsonNode next : next(schema)) {
            visit(next);
        }
        open.remove(schema);
        done.add(schema);
    }

    private List<JsonNode> next(JsonNode schema) throws JsonSchema.Unusable {
        List<JsonNode> next = new ArrayList<>();
        if (schema.path("$ref").isString()) {
            try {
                next.add(parts.target(schema.path("$ref").asString()));
            } catch (Parts.Exhausted lost) {
                throw new JsonSchema.Unusable(String.valueOf(lost.getMessage()));
            }
        }
        SAME_VALUE.forEach(keyword -> schema.path(keyword).forEach(next::add));
        SAME_VALUE_ALONE.stream().filter(schema::has).forEach(keyword -> next.add(schema.path(keyword)));
        schema.path("dependentSchemas").forEach(next::add);
        return next;
    }
}
