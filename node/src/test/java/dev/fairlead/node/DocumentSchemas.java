package dev.fairlead.node;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas in a document, which may refer to its components. Safe for many threads. */
final class DocumentSchemas {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonNode document;
    private final Map<String, Schema> read = new ConcurrentHashMap<>();

    DocumentSchemas(JsonNode document) {
        this.document = document;
    }

    /** What the schema finds wrong in the text; formats count. */
    List<String> faults(JsonNode schema, String text) {
        return read
                .computeIfAbsent(schema.toString(), absent -> whole(schema))
                .validate(
                        MAPPER.readTree(text),
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private Schema whole(JsonNode schema) {
        ObjectNode whole = MAPPER.createObjectNode();
        whole.set("components", document.get("components"));
        whole.putArray("allOf").add(schema);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
    }
}
