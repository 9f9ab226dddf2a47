package dev.fairlead.schemas;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema and its validator; the only class that knows the library.
 *
 * <p>Nothing is fetched: a reference that leaves the document is refused when the schema is read. Patterns are matched in linear
 * time (RE2); one that RE2 does not know is refused too. Formats are asserted. Safe for one thread.
 */
final class JsonSchema {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final List<SpecificationVersion> KNOWN = List.of(
            SpecificationVersion.DRAFT_7, SpecificationVersion.DRAFT_2019_09, SpecificationVersion.DRAFT_2020_12);
    private static final int MOST_NODES = 20_000;

    private final JsonNode root;
    private final Schema validator;
    private final Map<List<JsonNode>, Schema> partValidators = new HashMap<>();

    private JsonSchema(JsonNode root, Schema validator) {
        this.root = root;
        this.validator = validator;
    }

    /** A text that is no schema that can be judged; the message says why. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    static JsonSchema read(String text) throws Unusable {
        try {
            return of(MAPPER.readTree(text));
        } catch (JacksonException notJson) {
            throw new Unusable("this is not JSON: " + firstLine(notJson.getOriginalMessage()));
        }
    }

    static JsonSchema of(JsonNode root) throws Unusable {
        Census.check(root, MOST_NODES);
        SpecificationVersion version = version(root);
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .regularExpressionFactory(new LinearPatterns())
                .build();
        try {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                    version,
                    builder -> builder.schemaRegistryConfig(config)
                            .schemaLoader(loader -> loader.block(iri -> true).fetchRemoteResources(false)));
            Schema schema = registry.getSchema(withoutId(root));
            schema.initializeValidators();
            return new JsonSchema(root, schema);
        } catch (SchemaException | PatternSyntaxException faulty) {
            throw new Unusable("this schema cannot be used: " + firstLine(faulty.getMessage()));
        }
    }

    private static SpecificationVersion version(JsonNode root) throws Unusable {
        JsonNode said = root.path("$schema");
        if (said.isMissingNode()) {
            return SpecificationVersion.DRAFT_2020_12;
        }
        String dialect = said.asString("").replaceFirst("#$", "");
        for (SpecificationVersion version : KNOWN) {
            if (version.getDialectId().replaceFirst("#$", "").equals(dialect)) {
                return version;
            }
        }
        throw new Unusable("`$schema` is none of draft-07, 2019-09 and 2020-12");
    }

    /** An id would make local references relative to an address, and be looked up there. */
    private static JsonNode withoutId(JsonNode root) {
        return root.isObject() ? root.deepCopy().asObject().without(List.of("$id", "$schema")) : root;
    }

    JsonNode root() {
        return root;
    }

    /** Whether a document is allowed. */
    boolean accepts(JsonNode document) {
        return validator.validate(document).isEmpty();
    }

    /** Whether parts of this schema, all together, allow a document. */
    boolean accepts(List<JsonNode> parts, JsonNode document) {
        return partValidators
                .computeIfAbsent(parts, this::validator)
                .validate(document)
                .isEmpty();
    }

    private Schema validator(List<JsonNode> parts) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        for (String keyword : List.of("$schema", "$defs", "definitions")) {
            if (root.has(keyword)) {
                whole.set(keyword, root.path(keyword));
            }
        }
        whole.putArray("allOf").addAll(parts);
        try {
            return of(whole).validator;
        } catch (Unusable part) {
            throw new Parts.Exhausted("a part cannot be judged by itself");
        }
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("no reason given");
    }

    private static final class LinearPatterns implements RegularExpressionFactory {
        @Override
        public RegularExpression getRegularExpression(String regex) {
            try {
                Pattern pattern = Pattern.compile(regex);
                return text -> pattern.matcher(text).find();
            } catch (PatternSyntaxException unknown) {
                throw new InvalidPattern("the pattern `" + regex + "` is not one of RE2");
            }
        }
    }

    private static final class InvalidPattern extends SchemaException {
        private static final long serialVersionUID = 1L;

        InvalidPattern(String message) {
            super(message);
        }
    }
}
