package dev.fairlead.node;

import dev.fairlead.node.description.Documents;
import dev.fairlead.node.description.KnownProblem;
import dev.fairlead.node.description.NodeDescription;
import dev.fairlead.node.description.Trust;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the caller may do at this node, as documents: for programs, and for people. */
final class DescriptionRoutes {
    static final String OPEN_API = "/openapi.json";
    static final String ASYNC_API = "/asyncapi.json";
    static final String PAGE = "/docs";
    private static final String GET = "GET";
    private static final String HTML = "text/html; charset=utf-8";
    private static final int TAG_LENGTH = 16;

    private final NodeDescription description;

    DescriptionRoutes(Plan plan, Trust trust) {
        this.description = new NodeDescription(
                plan,
                trust,
                Arrays.stream(ProblemType.values())
                        .map(type -> new KnownProblem(type.id(), type.status(), type.title()))
                        .toList());
    }

    List<Route> routes() {
        return List.of(
                new Route(GET, OPEN_API, "OpenAPI of what you may do here", this::openApi),
                new Route(GET, ASYNC_API, "AsyncAPI of the streams that you may follow", this::asyncApi),
                new Route(GET, PAGE, "both as a page to read", this::page));
    }

    private Reply openApi(Exchange exchange) {
        return reply(exchange, Json.TYPE, Documents::openApi);
    }

    private Reply asyncApi(Exchange exchange) {
        return reply(exchange, Json.TYPE, Documents::asyncApi);
    }

    private Reply page(Exchange exchange) {
        return reply(exchange, HTML, Documents::page)
                .with("Content-Security-Policy", NodeDescription.pagePolicy())
                .with("Referrer-Policy", "no-referrer");
    }

    private Reply reply(Exchange exchange, String type, Function<Documents, byte[]> part) {
        exchange.query();
        byte[] document = part.apply(description.of(viewer(exchange.caller())));
        String tag = tag(document);
        Reply reply = Preconditions.isKnown(exchange.list("If-None-Match"), tag)
                ? Reply.of(304)
                : Reply.of(200, type, document);
        return reply.with("ETag", tag).with("Vary", Caller.HEADER).with("Cache-Control", "private, no-cache");
    }

    private static String tag(byte[] document) {
        return "\"" + HexFormat.of().formatHex(RequestKey.digest(document)).substring(0, TAG_LENGTH) + "\"";
    }

    /** A service is shown its part of the plan, the operator all of it. */
    private static Optional<ServicePlan> viewer(Caller caller) {
        return switch (caller) {
            case Caller.Nobody nobody -> throw Policy.unauthenticated();
            case Caller.Operator operator -> Optional.empty();
            case Caller.Service(ServicePlan service) -> Optional.of(service);
        };
    }
}
