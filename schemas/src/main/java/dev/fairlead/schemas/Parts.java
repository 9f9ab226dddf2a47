package dev.fairlead.schemas;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Takes a schema apart: follows local references and joins {@code allOf}, so that what remains are plain keywords. */
final class Parts {
    private static final int MOST = 500;

    private final JsonNode root;

    Parts(JsonNode root) {
        this.root = root;
    }

    /** Used up: the schema refers to itself too deeply, or to nothing. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted(String message) {
            super(message, null, false, false);
        }
    }

    /** All schemas that must hold together when this one holds. */
    List<JsonNode> of(JsonNode schema) {
        Set<JsonNode> parts = new LinkedHashSet<>();
        collect(schema, parts, 0);
        return List.copyOf(parts);
    }

    private void collect(JsonNode schema, Set<JsonNode> parts, int depth) {
        if (depth > MOST || parts.size() > MOST) {
            throw new Exhausted("references go round or too deep");
        }
        if (schema.isObject()) {
            if (schema.has("$ref")) {
                collect(target(schema.path("$ref").asString()), parts, depth + 1);
            }
            schema.path("allOf").forEach(branch -> collect(branch, parts, depth + 1));
        }
        parts.add(schema);
    }

    JsonNode target(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        if (!reference.startsWith("#/")) {
            throw new Exhausted("`" + reference + "` refers to an anchor");
        }
        String pointer = URLDecoder.decode(reference.substring(1), StandardCharsets.UTF_8);
        JsonNode target = root.at(JsonPointer.compile(pointer));
        if (target.isMissingNode()) {
            throw new Exhausted("`" + reference + "` refers to nothing");
        }
        return target;
    }

    /** The schemas below a keyword that holds a list of them. */
    static List<JsonNode> list(JsonNode schema, String keyword) {
        List<JsonNode> list = new ArrayList<>();
        schema.path(keyword).forEach(list::add);
        return list;
    }
}
