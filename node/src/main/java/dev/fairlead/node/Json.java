package dev.fairlead.node;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the JSON that is the node's own: around the documents, which it passes on as they are. */
final class Json {
    static final String TYPE = "application/json";
    static final String LINES = "application/x-ndjson";
    static final String PROBLEM = "application/problem+json";

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** One value, written by the given steps. */
    static byte[] of(Consumer<JsonGenerator> steps) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            steps.accept(json);
        }
        return bytes.toByteArray();
    }

    /** One line for each entry. */
    static byte[] lines(List<? extends Consumer<JsonGenerator>> entries) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Consumer<JsonGenerator> entry : entries) {
            lines.writeBytes(of(entry));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** A document as a field of the object that is being written. */
    static void document(JsonGenerator json, String name, byte[] content) {
        json.writeName(name);
        json.writeRawValue(new String(content, StandardCharsets.UTF_8));
    }
}
