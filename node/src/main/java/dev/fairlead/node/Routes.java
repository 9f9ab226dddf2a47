package dev.fairlead.node;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All routes of a node; what is not among them cannot be reached. */
final class Routes {
    private static final String GET = "GET";
    private static final String HEAD = "HEAD";
    static final String PROBLEM_PAGE = "/problems/{name}";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final List<Route> all;

    Routes(List<List<Route>> parts) {
        List<Route> own = List.of(
                new Route(GET, "/", "this list", this::list),
                new Route(GET, PROBLEM_PAGE, "what an error means", Routes::problem));
        this.all = Stream.concat(own.stream(), parts.stream().flatMap(List::stream))
                .toList();
    }

    List<Route> all() {
        return all;
    }

    /** A route with the parameters that the path gives it. */
    record Found(Route route, Map<String, String> parameters) {}

    /** The route for a call; fails with NOT_FOUND or METHOD_NOT_ALLOWED. */
    Found find(String method, List<String> path) {
        String wanted = method.equals(HEAD) ? GET : method;
        for (Route route : all) {
            Optional<Map<String, String>> parameters =
                    route.method().equals(wanted) ? route.path().match(path) : Optional.empty();
            if (parameters.isPresent()) {
                return new Found(route, parameters.get());
            }
        }
        Set<String> allowed = allowed(path);
        if (allowed.isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND, "no route has this path (GET / lists them)");
        }
        throw new Problem(ProblemType.METHOD_NOT_ALLOWED, "here can be done: " + String.join(", ", allowed));
    }

    /** The methods that a path takes; none when no route has it. */
    Set<String> allowed(List<String> path) {
        Set<String> methods = new TreeSet<>();
        all.stream().filter(route -> route.path().fits(path)).forEach(route -> methods.add(route.method()));
        if (methods.contains(GET)) {
            methods.add(HEAD);
        }
        return methods;
    }

    private Reply list(Exchange exchange) {
        boolean isOutside = exchange.caller() instanceof Caller.Outsider;
        StringBuilder text = new StringBuilder("Fairlead node\n\n");
        all.stream()
                .filter(route -> !isOutside || Outside.isThere(route))
                .forEach(route ->
                        text.append("%-6s %-28s %s%n".formatted(route.method(), route.template(), route.summary())));
        return text(text.toString());
    }

    private static Reply problem(Exchange exchange) {
        String name = exchange.parameter("name");
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.id().equals(name))
                .findFirst()
                .map(type -> text(type.id() + " (status " + type.status() + ")\n\n" + type.title()
                        + ". docs/problems.md tells what to do.\n"))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "there is no problem of this name"));
    }

    private static Reply text(String text) {
        return Reply.of(200, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
}
