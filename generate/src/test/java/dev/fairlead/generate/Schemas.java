package dev.fairlead.generate;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    /** What a schema that lies on the class path finds wrong in a document. */
    static List<String> faultsOf(String resource, JsonNode document) {
        try (InputStream schema = Schemas.class.getClassLoader().getResourceAsStream(resource)) {
            return texts(REGISTRY.getSchema(Objects.requireNonNull(schema)).validate(document));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream().map(Error::toString).toList();
    }
}
