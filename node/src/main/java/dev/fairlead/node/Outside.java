package dev.fairlead.node;

import dev.fairlead.node.limits.ClientAllowances;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What outside clients may do: read what the plan exposes to them, as much as it allows. Whatever else there is, is not there for them: no other
 * route, no other item, no method that writes. For any thread.
 */
final class Outside {
    private static final int MOST_CLIENTS = 100_000;

    /** Of routes over items; all others of the node's are for those inside. */
    private static final Set<String> OF_ITEMS =
            Set.of(StateRoutes.KEY, StateRoutes.ALL, ChangeRoutes.ALL, EventRoutes.ALL, EventRoutes.KEY);

    private static final Set<String> OPEN = Set.of(
            "/",
            Routes.PROBLEM_PAGE,
            "/livez",
            "/readyz",
            DescriptionRoutes.OPEN_API,
            DescriptionRoutes.ASYNC_API,
            DescriptionRoutes.PAGE);

    private final Map<String, OutsideView> views = new HashMap<>();
    private final ClientAllowances allowances;

    Outside(Plan plan, TimeSource time) {
        views(plan).forEach(view -> views.put(view.item() + " " + view.clients(), view));
        this.allowances = new ClientAllowances(time, MOST_CLIENTS);
    }

    private static Stream<OutsideView> views(Plan plan) {
        return plan.items().stream().map(Share::views).flatMap(List::stream);
    }

    /** Whether a route is there for who is outside. */
    static boolean isThere(Route route) {
        return route.method().equals("GET") && (OF_ITEMS.contains(route.template()) || OPEN.contains(route.template()));
    }

    /** The call to a view, or nothing for a route that is of no item; fails with NOT_FOUND when it is not there for the client. */
    Optional<Visit> visit(Caller.Outsider client, Routes.Found found) {
        if (!isThere(found.route())) {
            throw Policy.nothing();
        }
        if (!OF_ITEMS.contains(found.route().template())) {
            return Optional.empty();
        }
        String owner = found.parameters().getOrDefault("owner", "");
        String item = found.parameters().getOrDefault("item", "");
        String name = owner + "." + item + " " + client.clients();
        OutsideView view = views.get(name);
        if (view == null) {
            throw Policy.nothing();
        }
        return Optional.of(new Visit(view, allowances.take(name, client.id(), view.limits())));
    }

    /** For whom the plan has views. */
    static Set<String> clients(Plan plan) {
        return views(plan).map(OutsideView::clients).collect(Collectors.toSet());
    }
}
