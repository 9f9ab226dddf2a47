package dev.fairlead.generate;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ServicePlan;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAPI 3.1 of one service: {@code POST /ITEM} asks a question that it answers, {@code GET /ITEM/KEY} looks one key of a state item up.
 *
 * <p>The paths are relative to wherever the service is served.
 */
final class OpenApi {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "Problem";

    private final ObjectNode document = JsonText.object().put("openapi", "3.1.0");

    private OpenApi(ServicePlan service, List<Seen> seen) {
        document.set("info", AsyncApi.info(service, seen));
        document.put("jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema");
    }

    /** Nothing when the service has neither. */
    static List<GeneratedFile> of(ServicePlan service, List<Seen> seen) {
        OpenApi api = new OpenApi(service, seen);
        seen.stream().filter(Seen::isOwn).forEach(api::add);
        if (!api.document.has("paths")) {
            return List.of();
        }
        api.addProblem();
        return List.of(new GeneratedFile("openapi.json", JsonText.of(api.document)));
    }

    private void add(Seen item) {
        switch (item.content()) {
            case Content.State state -> lookup(item, state);
            case Content.Request request -> {
                Fields answer = request.answer();
                if (answer != null) {
                    question(item, request, answer);
                }
            }
            case Content.Events events -> {}
        }
    }

    private void lookup(Seen item, Content.State state) {
        Field key = state.keyField();
        ObjectNode operation = operation("/" + item.id().name() + "/{" + key.name() + "}", "get", item, "look-up-");
        ObjectNode parameter = operation.putArray("parameters").addObject();
        parameter.put("name", key.name()).put("in", "path").put("required", true);
        parameter.set("schema", SchemaNodes.CLOSED.type(key.type()));
        response(operation, "200", "The newest value.", component(item, "", SchemaNodes.CLOSED.record(state.fields())));
        problem(operation, "404", "There is no value with this key.");
        problem(operation, "default", "The owner's table cannot tell.");
    }

    private void question(Seen item, Content.Request request, Fields answer) {
        ObjectNode operation = operation("/" + item.id().name(), "post", item, "ask-");
        Duration deadline = request.deadline();
        if (deadline != null) {
            operation.put("x-deadline", deadline.toString());
        }
        operation.put("x-idempotent", request.idempotent());
        ObjectNode parameter = operation.putArray("parameters").addObject();
        parameter.put("name", "Idempotency-Key").put("in", "header").put("required", false);
        parameter.put("description", "The same for every attempt of one question.");
        parameter.putObject("schema").put("type", "string").put("format", "uuid");
        ObjectNode body = operation.putObject("requestBody").put("required", true);
        body.withObject("/content")
                .putObject(JSON)
                .set("schema", component(item, ".question", SchemaNodes.OPEN.record(request.question())));
        response(operation, "200", "The answer.", component(item, "", SchemaNodes.CLOSED.record(answer)));
        problem(operation, "400", "The question does not fit its schema.");
        problem(operation, "422", "The owner refused the question.");
        problem(operation, "504", "Nothing is known of the outcome: the deadline passed.");
        problem(operation, "default", "The question was not answered.");
    }

    private ObjectNode operation(String path, String method, Seen item, String verb) {
        ObjectNode paths = (ObjectNode) document.optional("paths").orElseGet(() -> document.putObject("paths"));
        ObjectNode operation = paths.putObject(path).putObject(method);
        return operation
                .put("operationId", verb + item.id().name())
                .put("description", item.description())
                .put("x-class", item.highestClass().word());
    }

    private ObjectNode component(Seen item, String part, ObjectNode schema) {
        String name = item.id() + part;
        schemas().set(name, schema);
        return JsonText.reference("components/schemas/" + name);
    }

    private ObjectNode schemas() {
        return document.withObject("/components").withObject("/schemas");
    }

    private static void response(ObjectNode operation, String status, String description, ObjectNode schema) {
        operation
                .withObject("/responses")
                .putObject(status)
                .put("description", description)
                .putObject("content")
                .putObject(JSON)
                .set("schema", schema);
    }

    private static void problem(ObjectNode operation, String status, String description) {
        operation
                .withObject("/responses")
                .putObject(status)
                .put("description", description)
                .putObject("content")
                .putObject("application/problem+json")
                .set("schema", JsonText.reference("components/schemas/" + PROBLEM));
    }

    /** RFC 9457; {@code code} is one of Fairlead's error codes. */
    private void addProblem() {
        ObjectNode problem = schemas().putObject(PROBLEM).put("type", "object");
        for (String name : List.of("type", "title", "detail", "code")) {
            problem.withObject("/properties").putObject(name).put("type", "string");
        }
        problem.withObject("/properties").putObject("status").put("type", "integer");
    }
}
