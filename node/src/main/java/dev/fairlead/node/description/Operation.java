package dev.fairlead.node.description;

import dev.fairlead.generate.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One operation of an OpenAPI document, as it is being written. */
final class Operation {
    static final String JSON = "application/json";
    static final String LINES = "application/x-ndjson";
    static final String PROBLEM = "application/problem+json";

    private final ObjectNode node;
    private final Components components;
    private final Map<String, KnownProblem> known;
    private final Set<String> problems = new LinkedHashSet<>();

    Operation(ObjectNode node, Components components, Map<String, KnownProblem> known) {
        this.node = node;
        this.components = components;
        this.known = known;
    }

    Components components() {
        return components;
    }

    /** A schema that others refer to by this name. */
    ObjectNode schema(String name, Supplier<ObjectNode> schema) {
        return components.schema(name, schema);
    }

    Operation path(String name, String description, ObjectNode schema) {
        return parameter(name, "path", description, schema, true);
    }

    Operation query(String name, String description, ObjectNode schema) {
        return parameter(name, "query", description, schema, false);
    }

    /** A parameter of the query without which the call is refused. */
    Operation neededQuery(String name, String description, ObjectNode schema) {
        return parameter(name, "query", description, schema, true);
    }

    private Operation parameter(String name, String in, String description, ObjectNode schema, boolean isRequired) {
        parameters()
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("required", isRequired)
                .put("description", description)
                .set("schema", schema);
        return this;
    }

    Operation header(KnownHeader... headers) {
        for (KnownHeader header : headers) {
            parameters().add(components.headerParameter(header));
        }
        return this;
    }

    private ArrayNode parameters() {
        return node.withArray("/parameters");
    }

    Operation body(String type, ObjectNode schema) {
        ObjectNode body = node.withObject("/requestBody");
        body.put("required", true);
        body.withObject("/content").putObject(type).set("schema", schema);
        return problems("bad-value", "too-large", "too-slow", "media-type");
    }

    Operation answer(int status, String description, KnownHeader... headers) {
        ObjectNode answer = responses().putObject(String.valueOf(status)).put("description", description);
        for (KnownHeader header : headers) {
            answer.withObject("/headers").set(header.text(), components.header(header));
        }
        return this;
    }

    /** Headers of all answers that were described before. */
    Operation everyAnswer(KnownHeader... headers) {
        for (JsonNode answer : responses()) {
            for (KnownHeader header : headers) {
                ((ObjectNode) answer).withObject("/headers").set(header.text(), components.header(header));
            }
        }
        return this;
    }

    /** One form of the body of an answer that was described before. */
    Operation content(int status, String type, ObjectNode schema) {
        ((ObjectNode) responses().get(String.valueOf(status)))
                .withObject("/content")
                .putObject(type)
                .set("schema", schema);
        return this;
    }

    private ObjectNode responses() {
        return node.withObject("/responses");
    }

    /** Errors that it may be answered with, by their ids. */
    Operation problems(String... ids) {
        problems.addAll(List.of(ids));
        return this;
    }

    /** Writes the errors: one answer for each status, and one for what has no place in the plan of things. */
    void writeProblems() {
        Map<Integer, List<KnownProblem>> byStatus = new TreeMap<>();
        for (String id : problems) {
            KnownProblem problem = known.get(id);
            if (problem == null) {
                throw new IllegalStateException("no problem has the id " + id);
            }
            byStatus.computeIfAbsent(problem.status(), status -> new ArrayList<>())
                    .add(problem);
        }
        byStatus.forEach(this::problem);
        responses()
                .putObject("default")
                .put("description", "A fault of the node's own.")
                .set("content", problemContent());
    }

    private void problem(int status, List<KnownProblem> kinds) {
        List<String> texts =
                kinds.stream().map(kind -> kind.id() + ": " + kind.title()).toList();
        ObjectNode answer =
                responses().putObject(String.valueOf(status)).put("description", String.join("; ", texts) + ".");
        kinds.forEach(kind -> answer.withArray("/x-problems").add(kind.id()));
        if (status == 429 || status == 503) {
            answer.withObject("/headers")
                    .set(KnownHeader.RETRY_AFTER.text(), components.header(KnownHeader.RETRY_AFTER));
        }
        answer.set("content", problemContent());
    }

    private ObjectNode problemContent() {
        ObjectNode content = JsonText.object();
        content.putObject(PROBLEM).set("schema", schema("Problem", Shapes::problem));
        return content;
    }
}
