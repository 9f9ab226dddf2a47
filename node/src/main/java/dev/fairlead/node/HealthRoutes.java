package dev.fairlead.node;

import dev.fairlead.api.Health;
import dev.fairlead.api.HealthState;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Whether the node runs, and whether it can be relied on. */
final class HealthRoutes {
    /** What anybody may ask, so that whoever starts and stops nodes needs no secret. */
    static final Set<String> OPEN = Set.of("/livez", "/readyz");

    private final ServedItems items;
    private final BooleanSupplier closing;

    HealthRoutes(ServedItems items, BooleanSupplier closing) {
        this.items = items;
        this.closing = closing;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/livez", "200 as long as the node runs", exchange -> live()),
                new Route("GET", "/readyz", "200 when all copies are live, else 503", this::ready));
    }

    private static Reply live() {
        return notKept(Reply.of(
                200,
                Json.TYPE,
                Json.of(json -> json.writeStartObject()
                        .writeBooleanProperty("live", true)
                        .writeEndObject())));
    }

    /** Which items there are is for those who have proved that they belong to the landscape. */
    private Reply ready(Exchange exchange) {
        boolean isReady = !closing.getAsBoolean()
                && items.states().stream()
                        .allMatch(state -> state.copy().health().state() == HealthState.LIVE);
        byte[] body = Json.of(json -> {
            json.writeStartObject().writeBooleanProperty("ready", isReady);
            json.writeName("copies").writeStartArray();
            for (ServedState state : isInside(exchange.caller()) ? items.states() : List.<ServedState>of()) {
                Health health = state.copy().health();
                json.writeStartObject()
                        .writeStringProperty("item", state.share().id().toString())
                        .writeStringProperty("health", health.state().name())
                        .writeStringProperty("age", health.age().toString())
                        .writeNumberProperty("lag", health.lag())
                        .writeEndObject();
            }
            json.writeEndArray().writeEndObject();
        });
        return notKept(Reply.of(isReady ? 200 : 503, Json.TYPE, body));
    }

    private static boolean isInside(Caller caller) {
        return caller instanceof Caller.Operator || caller instanceof Caller.Service;
    }

    private static Reply notKept(Reply reply) {
        return reply.with("Cache-Control", "no-store");
    }
}
