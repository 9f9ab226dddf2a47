package dev.fairlead.node;

import dev.fairlead.api.Expected;
import dev.fairlead.api.Receipt;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.spi.Projection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** State items: one key read and written, and all keys in pages. */
final class StateRoutes {
    static final String KEY = "/items/{owner}/{item}/{key}";
    static final String ALL = "/items/{owner}/{item}";
    private static final String OWNER = "owner";
    private static final String ITEM = "item";

    private final ServedItems items;
    private final Policy policy;
    private final Function<Set<String>, Projection> projections;
    private final int largestPage;

    StateRoutes(ServedItems items, Policy policy, Function<Set<String>, Projection> projections, int largestPage) {
        this.items = items;
        this.policy = policy;
        this.projections = projections;
        this.largestPage = largestPage;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", KEY, "the value of one key", this::get),
                new Route("PUT", KEY, "writes the value of one key", this::put),
                new Route("DELETE", KEY, "removes one key", this::delete),
                new Route("GET", ALL, "the values of all keys, in pages", this::page));
    }

    private Reply get(Exchange exchange) {
        exchange.query();
        ServedState state = state(exchange);
        Grant grant = grant(exchange, state);
        Answered value = reader(state, grant).read(exchange.parameter("key")).orElseThrow(() -> noValue(state));
        String tag = Preconditions.tag(value, grant);
        Reply reply = Preconditions.isKnown(exchange.list("If-None-Match"), tag)
                ? Reply.of(304)
                : Reply.of(200, Json.TYPE, value.content());
        return aged(described(reply, value, grant), value).with("ETag", tag);
    }

    private static Reply described(Reply reply, Answered value, Grant grant) {
        Reply retired = shared(reply, grant)
                .with("Fairlead-Retired", String.valueOf(value.mark().retired()));
        return grant.tellsVersions()
                ? retired.with("Last-Modified", HttpDate.of(value.mark().changed()))
                        .with("Fairlead-Version", String.valueOf(value.mark().version()))
                : retired;
    }

    /** Who asks decides what is seen and how long it may be kept. */
    static Reply shared(Reply reply, Grant grant) {
        long seconds = grant.within().map(Duration::toSeconds).orElse(0L);
        return reply.with("Vary", Caller.HEADER)
                .with("Cache-Control", seconds == 0 ? "private, no-cache" : "private, max-age=" + seconds);
    }

    private static Reply aged(Reply reply, Answered value) {
        return reply.with("Age", String.valueOf(value.age().plusMillis(999).toSeconds()))
                .with("Fairlead-Age", value.age().toString())
                .with("Fairlead-Health", value.health().name());
    }

    private Reply put(Exchange exchange) {
        exchange.query();
        ServedState state = state(exchange);
        policy.write(exchange.caller(), state.share());
        String key = exchange.parameter("key");
        Document document = new Document(key, exchange.json());
        long before = version(state, key);
        Receipt receipt = state.put(document, expected(exchange, before));
        return Reply.of(before == 0 ? 201 : 200, Json.TYPE, Receipts.json(receipt))
                .with("ETag", Preconditions.tag(receipt.version(), Grant.everything()));
    }

    private Reply delete(Exchange exchange) {
        exchange.query();
        ServedState state = state(exchange);
        policy.write(exchange.caller(), state.share());
        String key = exchange.parameter("key");
        long before = version(state, key);
        Expected expected = expected(exchange, before);
        if (before == 0) {
            throw noValue(state);
        }
        return Reply.of(200, Json.TYPE, Receipts.json(state.remove(key, expected)));
    }

    private static @Nullable Expected expected(Exchange exchange, long before) {
        return Preconditions.ofWrite(exchange, () -> before);
    }

    /** The version of the key's value as this node shows it, 0 when it has none. */
    private long version(ServedState state, String key) {
        return reader(state, Grant.everything())
                .read(key)
                .map(value -> value.mark().version())
                .orElse(0L);
    }

    private Reply page(Exchange exchange) {
        ServedState state = state(exchange);
        Grant grant = grant(exchange, state);
        StatePage.Asked asked = StatePage.asked(exchange, state, grant, policy);
        Sight sight = sight(state, grant);
        StateReader reader = new StateReader(
                state,
                grant,
                asked.search()
                        .<Sight>map(search -> document ->
                                state.searched().matches(search, document) ? sight.of(document) : Optional.empty())
                        .orElse(sight));
        return new StatePage(state, reader, largestPage).reply(exchange, grant, asked);
    }

    ServedState state(Exchange exchange) {
        return items.state(exchange.parameter(OWNER), exchange.parameter(ITEM));
    }

    Grant grant(Exchange exchange, ServedState state) {
        if (exchange.caller() instanceof Caller.Outsider client) {
            ServedView view = state.view(client.clients());
            return Grant.of(Policy.outside(client, view == null ? null : view.filter()));
        }
        return policy.readState(exchange.caller(), state.share(), state.content());
    }

    /** How often the caller's need wants changes of a key at most; null when it does not say. */
    @Nullable
    Duration conflate(Exchange exchange, ServedState state) {
        return exchange.caller() instanceof Caller.Service(ServicePlan service)
                ? service.need(state.share().id()).map(Need::conflate).orElse(null)
                : null;
    }

    StateReader reader(ServedState state, Grant grant) {
        return new StateReader(state, grant, sight(state, grant));
    }

    private Sight sight(ServedState state, Grant grant) {
        return grant.outlook()
                .<Sight>map(outlook -> document -> state.outside(outlook).shown(outlook.part(), document))
                .or(() -> grant.fields().map(fields -> state.inside(fields, projections)))
                .orElse(document -> Optional.of(document.content()));
    }

    private static Problem noValue(ServedState state) {
        return new Problem(ProblemType.NO_VALUE, "no value of " + state.share().id() + " has this key");
    }
}
