package dev.fairlead.schemas;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema as its owner and as a reader see it: an owner writes the declared members and no others; a reader passes over members
 * that it does not know, and looks at none but those that it uses.
 */
final class SchemaViews {
    private SchemaViews() {}

    static JsonNode written(JsonNode schema) {
        JsonNode closed = schema.deepCopy();
        visit(closed, View.CLOSED);
        return closed;
    }

    /** What a reader sees; all members when {@code uses} is empty, or when the schema is more than a list of members. */
    static JsonNode read(JsonNode schema, Set<String> uses) {
        JsonNode open = schema.deepCopy();
        visit(open, View.OPEN);
        if (open instanceof ObjectNode object && !uses.isEmpty() && Given.isPlain(object)) {
            restrict(object, uses);
        }
        return open;
    }

    private static void restrict(ObjectNode object, Set<String> uses) {
        if (object.get("properties") instanceof ObjectNode properties) {
            properties.retain(uses);
        }
        if (object.has("required")) {
            List<JsonNode> names = object.path("required")
                    .valueStream()
                    .filter(name -> uses.contains(name.asString()))
                    .toList();
            object.putArray("required").addAll(names);
        }
        object.remove(List.of("minProperties", "maxProperties", "propertyNames", "dependentRequired", "dependencies"));
    }

    /**
     * Closes or opens the schema itself and those of its members and elements. Not those that are combined with others: a branch
     * by itself is not all that is said about a value.
     */
    private static void visit(JsonNode node, View view) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        if (object.path("properties").isObject()) {
            switch (view) {
                case CLOSED -> close(object);
                case OPEN -> open(object);
            }
            object.path("properties").forEach(member -> visit(member, view));
        }
        visit(object.path("items"), view);
    }

    private static void close(ObjectNode object) {
        boolean isSilent = !object.has("additionalProperties") && !object.has("unevaluatedProperties");
        if (isSilent && Given.isPlain(object)) {
            object.put("additionalProperties", false);
        }
    }

    private static void open(ObjectNode object) {
        for (String keyword : List.of("additionalProperties", "unevaluatedProperties")) {
            if (object.path(keyword).isBoolean()) {
                object.remove(keyword);
            }
        }
    }

    private enum View {
        CLOSED,
        OPEN
    }

    /** What a reader sees of an Avro record. */
    static Schema read(Schema schema, Set<String> uses) {
        if (schema.getType() != Schema.Type.RECORD || uses.isEmpty()) {
            return schema;
        }
        Set<String> aliases = new LinkedHashSet<>(schema.getAliases());
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (uses.contains(field.name())) {
                fields.add(new Schema.Field(field, field.schema()));
            }
        }
        Schema view = Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
        aliases.forEach(view::addAlias);
        return view;
    }
}
