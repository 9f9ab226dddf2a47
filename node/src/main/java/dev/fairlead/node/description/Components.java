package dev.fairlead.node.description;

import dev.fairlead.generate.JsonText;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** The parts of an OpenAPI document that its operations refer to; each is written when it is first referred to. */
final class Components {
    private final ObjectNode node;

    Components(ObjectNode node) {
        this.node = node;
    }

    ObjectNode schema(String name, Supplier<ObjectNode> schema) {
        return referred("schemas", name, schema);
    }

    ObjectNode header(KnownHeader header) {
        return referred("headers", header.text(), () -> described(header));
    }

    ObjectNode headerParameter(KnownHeader header) {
        return referred(
                "parameters",
                header.text(),
                () -> described(header).put("name", header.text()).put("in", "header"));
    }

    private static ObjectNode described(KnownHeader header) {
        ObjectNode described = JsonText.object().put("description", header.meaning());
        described.set("schema", header.schema());
        return described;
    }

    private ObjectNode referred(String kind, String name, Supplier<ObjectNode> part) {
        ObjectNode parts = node.withObject("/" + kind);
        if (!parts.has(name)) {
            parts.putNull(name); // so that a part that refers to itself ends
            parts.set(name, part.get());
        }
        return JsonText.reference("components/" + kind + "/" + name);
    }
}
