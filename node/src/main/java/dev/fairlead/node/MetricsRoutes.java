package dev.fairlead.node;

import dev.fairlead.api.HealthState;
import dev.fairlead.node.metrics.NodeMeters;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the node measures of itself, for whoever runs it. */
final class MetricsRoutes {
    private final NodeMeters meters;

    MetricsRoutes(NodeMeters meters, ServedItems items, Entrance entrance) {
        this.meters = meters;
        meters.show("fairlead.node.streams", () -> entrance.rooms().streams());
        meters.show("fairlead.node.access.refused", () -> entrance.isAccessRefused() ? 1 : 0);
        for (ServedState state : items.states()) {
            String item = state.share().id().toString();
            meters.show("fairlead.node.copy.live", item, () -> isLive(state) ? 1 : 0);
            meters.show(
                    "fairlead.node.copy.age.seconds",
                    item,
                    () -> state.copy().health().age().toMillis() / 1000.0);
        }
    }

    private static boolean isLive(ServedState state) {
        return state.copy().health().state() == HealthState.LIVE;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/metrics", "what the node measures of itself, for Prometheus", this::text));
    }

    private Reply text(Exchange exchange) {
        Policy.operate(exchange.caller());
        exchange.query();
        return Reply.of(200, NodeMeters.TYPE, meters.text().getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }
}
