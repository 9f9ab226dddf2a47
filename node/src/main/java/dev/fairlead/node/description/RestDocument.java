package dev.fairlead.node.description;

import dev.fairlead.generate.JsonText;
import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewer;
import dev.fairlead.node.description.NodeDescription.Viewpoint;
import dev.fairlead.planner.OutsideView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI 3.1 of a node: for each item each route that its caller may use, with the item's own schema. */
final class RestDocument {
    private final ObjectNode document = JsonText.object().put("openapi", "3.1.0");
    private final Viewpoint viewpoint;
    private final Trust trust;
    private final Map<String, KnownProblem> problems;

    private RestDocument(Viewpoint viewpoint, Trust trust, List<KnownProblem> problems) {
        this.viewpoint = viewpoint;
        this.trust = trust;
        this.problems = problems.stream().collect(Collectors.toMap(KnownProblem::id, Function.identity()));
    }

    static ObjectNode of(Viewpoint viewpoint, Trust trust, List<KnownProblem> problems) {
        return new RestDocument(viewpoint, trust, problems).write();
    }

    private ObjectNode write() {
        document.set("info", info(viewpoint));
        document.put("jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("tags");
        document.putObject("paths");
        Components components = new Components(document.putObject("components"));
        security();
        viewpoint.items().forEach(item -> add(item, components));
        return document;
    }

    static ObjectNode info(Viewpoint viewpoint) {
        return JsonText.object()
                .put("title", viewpoint.title())
                .put("version", Seen.version(viewpoint.items()))
                .put("description", viewpoint.description());
    }

    private void security() {
        ObjectNode schemes = document.withObject("/components/securitySchemes");
        if (trust == Trust.PROVEN) {
            schemes.putObject("token")
                    .put("type", "http")
                    .put("scheme", "bearer")
                    .put("description", "A token that is signed, or a key.");
            document.putArray("security").addObject().putArray("token");
            if (viewpoint.viewer() != Viewer.OUTSIDE) {
                schemes.putObject("certificate").put("type", "mutualTLS");
                document.withArray("/security").addObject().putArray("certificate");
            }
        } else if (viewpoint.viewer() == Viewer.OUTSIDE) {
            schemes.putObject("client")
                    .put("type", "apiKey")
                    .put("in", "header")
                    .put("name", "Fairlead-Client")
                    .put("description", "Who calls, which is believed: NAME?CLAIM=VALUE&CLAIM=VALUE.");
            document.putArray("security").addObject().putArray("client");
        } else {
            schemes.putObject("service")
                    .put("type", "apiKey")
                    .put("in", "header")
                    .put("name", "Fairlead-Service")
                    .put("description", "The service that calls, which is believed; without it the operator calls.");
            document.putArray("security").addObject().putArray("service");
            document.withArray("/security").addObject();
        }
    }

    private void add(Seen item, Components components) {
        document.withArray("/tags")
                .addObject()
                .put("name", item.id().toString())
                .put("description", item.description());
        for (ItemRoute route : ItemRoutes.all()) {
            if (route.isFor().test(item, viewpoint.viewer())) {
                add(item, route, components);
            }
        }
    }

    /** What every answer to an outside client may say of how much it has left, and for how long. */
    private static void outside(ObjectNode node, Operation operation, OutsideView view) {
        if (view.ending().deprecated() != null) {
            node.put("deprecated", true);
        }
        operation.problems("not-found");
        if (!view.only().isEmpty()) {
            operation.problems("missing-claim");
        }
        if (view.limits().rate() != null || view.limits().quota() != null) {
            operation.everyAnswer(KnownHeader.RATE_LIMIT, KnownHeader.RATE_LIMIT_POLICY);
        }
        if (view.ending().deprecated() != null) {
            operation.everyAnswer(KnownHeader.DEPRECATION);
        }
        if (view.ending().sunset() != null) {
            operation.everyAnswer(KnownHeader.SUNSET);
        }
    }

    private void add(Seen item, ItemRoute route, Components components) {
        ObjectNode paths = (ObjectNode) document.get("paths");
        String path = route.path(item);
        ObjectNode methods = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
        ObjectNode node = methods.putObject(route.method().toLowerCase(Locale.ROOT));
        node.putArray("tags").add(item.id().toString());
        node.put("operationId", route.verb() + "_" + item.id()).put("summary", route.summary());
        node.put("x-route", route.name()).put("x-class", item.highestClass().word());
        Operation operation = new Operation(node, components, problems);
        route.description().accept(operation, item);
        if (item.view() != null) {
            outside(node, operation, item.view());
        }
        operation.problems("bad-request", "foreign-origin", "too-many-calls", "overloaded", "closing");
        operation.problems(trust == Trust.PROVEN ? "unauthenticated" : "unknown-service");
        operation.writeProblems();
    }
}
