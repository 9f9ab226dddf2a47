package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client that knows of a node what its OpenAPI document says: it calls by the document, and holds every answer against it. Safe for many threads. */
final class DescribedClient implements AutoCloseable {
    private static final Duration HANG = Duration.ofMinutes(1);

    private final String root;
    private final String[] caller;
    private final JsonNode document;
    private final Map<String, Described> operations = new TreeMap<>();
    private final DocumentSchemas schemas;
    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** One operation of the document. */
    record Described(String id, String method, String path, JsonNode node) {
        /** Its statuses that are no errors, each with the id before it. */
        List<String> successes() {
            return node.get("responses").propertyNames().stream()
                    .filter(status -> status.matches("[23].."))
                    .map(status -> id + " " + status)
                    .toList();
        }
    }

    /** What is sent. */
    record Body(String type, String text) {
        static Body json(JsonNode content) {
            return new Body("application/json", content.toString());
        }
    }

    /** Reads the document as the caller that these headers name gets it. */
    DescribedClient(RunningNode node, String... caller) {
        this.root = "http://localhost:" + node.port();
        this.caller = caller;
        this.document = RunningNode.json(node.get("/openapi.json", caller));
        this.schemas = new DocumentSchemas(document);
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                String id = method.getValue().get("operationId").asString();
                operations.put(
                        id,
                        new Described(id, method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
            }
        }
    }

    /** The header that names the caller, as a line; empty for the operator. */
    String callerLine() {
        return caller.length == 0 ? "" : caller[0] + ": " + caller[1];
    }

    JsonNode document() {
        return document;
    }

    Map<String, Described> operations() {
        return operations;
    }

    /** The successes that have not been seen. */
    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>();
        operations.values().forEach(operation -> unseen.addAll(operation.successes()));
        unseen.removeAll(seen);
        return unseen;
    }

    /** What a reference leads to, or the node itself. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    /** The schema of a body that the operation takes. */
    JsonNode bodySchema(String operation, String type) {
        return described(operation).node().at("/requestBody/content").get(type).get("schema");
    }

    Described described(String operation) {
        return Objects.requireNonNull(operations.get(operation), operation);
    }

    HttpResponse<String> call(String operation, Map<String, String> parameters) {
        return call(operation, parameters, null, "application/json");
    }

    HttpResponse<String> call(String operation, Map<String, String> parameters, JsonNode body) {
        return call(operation, parameters, Body.json(body), "application/json");
    }

    /** Calls with parameters that the document has, in the places that it says; fails unless the answer is as documented. */
    HttpResponse<String> call(String id, Map<String, String> parameters, @Nullable Body body, String accept) {
        Described operation = described(id);
        Map<String, String> left = new HashMap<>(parameters);
        String path = operation.path();
        List<String> query = new ArrayList<>();
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(HANG).header("Accept", accept);
        for (JsonNode each : operation.node().path("parameters")) {
            JsonNode parameter = resolved(each);
            String name = parameter.get("name").asString();
            String value = left.remove(name);
            if (value == null) {
                continue;
            }
            switch (parameter.get("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value));
                case "query" -> query.add(name + "=" + encoded(value));
                default -> request.header(name, value);
            }
        }
        assertThat(left).as("parameters that %s does not document", id).isEmpty();
        if (caller.length > 0) {
            request.headers(caller);
        }
        if (body != null) {
            request.header("Content-Type", body.type());
        }
        request.uri(URI.create(root + path + (query.isEmpty() ? "" : "?" + String.join("&", query))))
                .method(
                        operation.method(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.text()));
        HttpResponse<String> response = send(request.build());
        check(operation, response);
        return response;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Fails unless the status, the headers, the form and the body are among those documented. */
    private void check(Described operation, HttpResponse<String> response) {
        String what = operation.id() + " answered " + response.statusCode() + " " + response.body();
        JsonNode answer = operation.node().get("responses").path(String.valueOf(response.statusCode()));
        assertThat(answer.isObject()).as("%s, which is not documented", what).isTrue();
        String type = RunningNode.header(response, "Content-Type");
        JsonNode content = answer.path("content");
        assertThat(content.isMissingNode()).as(what).isEqualTo(type.isEmpty());
        if (!content.isMissingNode()) {
            assertThat(content.has(type)).as("%s as %s", what, type).isTrue();
            JsonNode schema = content.get(type).get("schema");
            if (schema.has("x-line")) {
                response.body().lines().forEach(line -> fits(schema.get("x-line"), line, what));
            } else {
                fits(schema, response.body(), what);
            }
        }
        if (answer.has("x-problems")) {
            assertThat(answer.get("x-problems").valueStream().map(JsonNode::asString))
                    .as(what)
                    .contains(RunningNode.problem(response));
        } else {
            seen.add(operation.id() + " " + response.statusCode());
        }
    }

    private void fits(JsonNode schema, String text, String what) {
        assertThat(schemas.faults(schema, text)).as(what).isEmpty();
    }

    @Override
    public void close() {
        client.close();
    }
}
