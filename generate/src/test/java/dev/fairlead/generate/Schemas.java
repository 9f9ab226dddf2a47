package dev.fairlead.generate;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.DeserializationFeature;

/** JSON Schemas as networknt's validator understands them. */
final class Schemas {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    static JsonNode json(String text) {
        return MAPPER.readTree(text);
    }

    static JsonNode content(List<GeneratedFile> files, String path) {
        return json(files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + path + " among "
                        + files.stream().map(GeneratedFile::path).toList()))
                .content());
    }

    /** What the specification's own schema finds wrong in a schema. */
    static List<String> faultsOf(JsonNode schema) {
        return texts(REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema));
    }

    /** What the schema finds wrong in a document; formats count. */
    static List<String> faults(JsonNode schema, JsonNode document) {
        Schema read = REGISTRY.getSchema(schema);
        return texts(read.validate(
                json(document.toString()),
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))));
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream().map(Error::toString).toList();
    }
}
