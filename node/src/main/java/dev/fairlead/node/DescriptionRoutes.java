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
import java.util.Set;
import java.util.function.Function;

/** What the caller may do at this node, as documents: for programs, and for people. */
final class DescriptionRoutes {
    static final String OPEN_API = "/openapi.json";
    static final String ASYNC_API = "/asyncapi.json";
    static final String PAGE = "/docs";
    private static final String GET = "GET";
    private static final String FOR = "for";
    private static final String HTML = "text/html; charset=utf-8";
    private static final int TAG_LENGTH = 16;

    private final NodeDescription description;
    private final Set<String> clients;

    DescriptionRoutes(Plan plan, Trust trust) {
        this.clients = Outside.clients(plan);
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
        String shownFor = exchange.query(FOR).get(FOR);
        byte[] document = part.apply(shownFor == null ? documents(exchange.caller()) : outside(exchange, shownFor));
        String tag = tag(document);
        Reply reply = Preconditions.isKnown(exchange.list("If-None-Match"), tag)
                ? Reply.of(304)
                : Reply.of(200, type, document);
        return reply.with("ETag", tag).with("Vary", Caller.HEADER).with("Cache-Control", "private, no-cache");
    }

    private static String tag(byte[] document) {
        return "\"" + HexFormat.of().formatHex(RequestKey.digest(document)).substring(0, TAG_LENGTH) + "\"";
    }

    /** A service is shown its part of the plan, the operator all of it, an outside client what is exposed to it. */
    private Documents documents(Caller caller) {
        return switch (caller) {
            case Caller.Nobody nobody -> throw Policy.unauthenticated();
            case Caller.Operator operator -> description.of(Optional.empty());
            case Caller.Service(ServicePlan service) -> description.of(Optional.of(service));
            case Caller.Outsider client -> description.ofOutside(client.clients());
        };
    }

    /** The operator looks at what outside clients are shown. */
    private Documents outside(Exchange exchange, String clients) {
        if (exchange.caller() instanceof Caller.Outsider) {
            throw Policy.nothing();
        }
        Policy.operate(exchange.caller());
        if (!this.clients.contains(clients)) {
            throw new Problem(ProblemType.NOT_FOUND, "the plan exposes nothing to clients of this name");
        }
        return description.ofOutside(clients);
    }
}
