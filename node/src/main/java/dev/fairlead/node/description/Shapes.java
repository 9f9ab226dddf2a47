package dev.fairlead.node.description;

import dev.fairlead.api.Durability;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.contracts.Fields;
import dev.fairlead.generate.JsonText;
import dev.fairlead.generate.SchemaNodes;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of what a node writes around the items: declared in the plan's own types, and written by the same code as those of the items. */
final class Shapes {
    private static final String CONST = "const";

    private Shapes() {}

    static ObjectNode of(FieldType type) {
        return SchemaNodes.CLOSED.type(type);
    }

    static ObjectNode text() {
        return of(Scalar.STRING);
    }

    static ObjectNode symbols(List<String> symbols) {
        ObjectNode text = text();
        symbols.forEach(text.withArray("/enum")::add);
        return text;
    }

    static <E extends Enum<E>> ObjectNode symbols(E[] values) {
        return symbols(Arrays.stream(values).map(Enum::name).toList());
    }

    /** A number of a query. */
    static ObjectNode number(int least, int most, int usual) {
        return JsonText.object()
                .put("type", "integer")
                .put("minimum", least)
                .put("maximum", most)
                .put("default", usual);
    }

    static ObjectNode constant(String value) {
        return JsonText.object().put(CONST, value);
    }

    static ObjectNode list(ObjectNode items) {
        ObjectNode list = JsonText.object().put("type", "array");
        list.set("items", items);
        return list;
    }

    /** The one schema, or any of several. */
    static ObjectNode any(List<ObjectNode> schemas) {
        if (schemas.size() == 1) {
            return schemas.getFirst();
        }
        ObjectNode any = JsonText.object();
        ArrayNode parts = any.putArray("anyOf");
        schemas.forEach(parts::add);
        return any;
    }

    /** An object with these fields and no others. */
    static ObjectNode record(Field... fields) {
        return SchemaNodes.CLOSED.record(Fields.of(fields));
    }

    static Field text(String name) {
        return Field.of(name, Scalar.STRING);
    }

    static Field optionalText(String name) {
        return Field.of(name, new FieldType.Optional(Scalar.STRING));
    }

    static Field field(String name, FieldType type) {
        return Field.of(name, type);
    }

    /** The object with one more property, which it always has. */
    static ObjectNode with(ObjectNode object, String name, ObjectNode schema) {
        object.withObject("/properties").set(name, schema);
        object.withArray("/required").add(name);
        return object;
    }

    /** What a write of one key is answered with. */
    static ObjectNode receipt() {
        ObjectNode receipt = record(text("item"), text("key"), field("version", Scalar.INT64), text("position"));
        return with(receipt, "durability", symbols(Durability.values()));
    }

    /** RFC 9457; {@code code} is what an owner's handler gave its refusal. */
    static ObjectNode problem() {
        return record(text("type"), text("title"), field("status", Scalar.INT32), text("detail"), optionalText("code"));
    }
}
