package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.node.identity.Authority;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every caller gets from every route; a route that is not in this table fails the build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteListTest {
    private static final List<String> CLOUD_EVENT = List.of(
            "ce-specversion", "1.0", "ce-id", "1", "ce-source", "/test", "ce-type", "ItemAdded", "ce-subject", "k1");

    private static final Pattern ROUTE = Pattern.compile("(?m)^([A-Z]+) +(/\\S*)");

    /** In the order of the columns. */
    private static final List<Optional<String>> CALLERS = List.of(
            Optional.empty(),
            Optional.of("profile"),
            Optional.of("billing"),
            Optional.of("shipping"),
            Optional.of("nobody"));

    /** By route: what the operator, the owner, the reader of state, the reader of events and a service that is not in the plan get. */
    private static final Map<String, List<Integer>> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry("GET /mechanism", List.of(400, 400, 400, 400, 403)),
            Map.entry("DELETE /mechanism", List.of(400, 400, 400, 400, 403)),
            Map.entry("POST /mechanism/alive", List.of(400, 400, 400, 400, 403)),
            Map.entry("DELETE /mechanism/spaces/{space}", List.of(200, 403, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/define", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/bounds", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/claim", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/append", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/resume", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/beat", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/erase", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/retire", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/read", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/leave", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/latest", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/commit", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/committed", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/logs/{log}/retain", List.of(400, 403, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/define", List.of(400, 400, 400, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/find", List.of(400, 400, 400, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/send", List.of(400, 400, 400, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/depth", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/receive", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/poll", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/settle", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/leave", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/letters", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/letter", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/redrive", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/dismiss", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/dismissals", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/queues/{queue}/erase", List.of(400, 400, 403, 403, 403)),
            Map.entry("POST /mechanism/letters/announce", List.of(400, 400, 400, 400, 403)),
            Map.entry("POST /mechanism/letters/find", List.of(400, 400, 400, 400, 403)),
            Map.entry("POST /mechanism/letters/send", List.of(400, 400, 400, 400, 403)),
            Map.entry("POST /mechanism/letters/receive", List.of(400, 400, 400, 400, 403)),
            Map.entry("POST /mechanism/letters/leave", List.of(400, 400, 400, 400, 403)),
            Map.entry("GET /", List.of(200, 200, 200, 200, 403)),
            Map.entry("GET /openapi.json", List.of(200, 200, 200, 200, 403)),
            Map.entry("GET /asyncapi.json", List.of(200, 200, 200, 200, 403)),
            Map.entry("GET /docs", List.of(200, 200, 200, 200, 403)),
            Map.entry("GET /livez", List.of(200, 200, 200, 200, 403)),
            Map.entry("GET /readyz", List.of(200, 200, 200, 200, 403)),
            Map.entry("GET /metrics", List.of(200, 403, 403, 403, 403)),
            Map.entry("GET /problems/{name}", List.of(200, 200, 200, 200, 403)),
            Map.entry("GET /items/{owner}/{item}", List.of(200, 200, 200, 403, 403)),
            Map.entry("GET /items/{owner}/{item}/{key}", List.of(200, 200, 200, 403, 403)),
            Map.entry("PUT /items/{owner}/{item}/{key}", List.of(200, 200, 403, 403, 403)),
            Map.entry("DELETE /items/{owner}/{item}/{key}", List.of(200, 200, 403, 403, 403)),
            Map.entry("POST /items/{owner}/{item}/{key}/erase", List.of(200, 200, 403, 403, 403)),
            Map.entry("POST /events/{owner}/{item}/{key}/erase", List.of(200, 200, 403, 403, 403)),
            Map.entry("GET /erasures/{owner}/{item}", List.of(200, 200, 403, 403, 403)),
            Map.entry("GET /changes/{owner}/{item}", List.of(200, 200, 200, 403, 403)),
            Map.entry("GET /events/{owner}/{item}", List.of(200, 200, 403, 200, 403)),
            Map.entry("GET /events/{owner}/{item}/{key}", List.of(200, 200, 403, 200, 403)),
            Map.entry("POST /events/{owner}/{item}", List.of(201, 201, 403, 403, 403)),
            Map.entry("POST /events/{owner}/{item}/{key}", List.of(201, 201, 403, 403, 403)),
            Map.entry("POST /requests/{owner}/{item}", List.of(202, 202, 202, 403, 403)),
            Map.entry("POST /leases/{owner}/{item}", List.of(200, 200, 403, 403, 403)),
            Map.entry("POST /leases/{owner}/{item}/{lease}/acknowledge", List.of(410, 410, 410, 410, 403)),
            Map.entry("POST /leases/{owner}/{item}/{lease}/give-back", List.of(410, 410, 410, 410, 403)),
            Map.entry("POST /leases/{owner}/{item}/{lease}/set-aside", List.of(410, 410, 410, 410, 403)),
            Map.entry("GET /dead-letters/{owner}/{item}", List.of(200, 403, 403, 403, 403)),
            Map.entry("GET /dead-letters/{owner}/{item}/{number}", List.of(404, 403, 403, 403, 403)),
            Map.entry("POST /dead-letters/{owner}/{item}/{number}/redrive", List.of(404, 403, 403, 403, 403)),
            Map.entry("DELETE /dead-letters/{owner}/{item}/{number}", List.of(404, 403, 403, 403, 403))));

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void s1EveryRouteIsInTheTableAndGivesEachCallerWhatIsDue() {
        assertThat(routes()).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
        EXPECTED.forEach((route, statuses) -> {
            for (int i = 0; i < CALLERS.size(); i++) {
                String[] shown = CALLERS.get(i)
                        .map(name -> new String[] {Caller.HEADER, name})
                        .orElseGet(() -> new String[0]);
                fill(node);
                assertThat(call(node, route, shown).statusCode())
                        .as("%s called by %s", route, CALLERS.get(i).orElse("the operator"))
                        .isEqualTo(statuses.get(i));
            }
        });
    }

    /** Whoever is not in the plan cannot be in the access file, and proves nothing. */
    @Test
    void s1WhoeverHasProvedWhoHeIsGetsTheSame(@TempDir Path place) {
        Guarded guarded = Guarded.in(place);
        Authority authority = guarded.certificates();
        try (RunningNode proving = RunningNode.guarded(place, guarded.file(), authority.client(null))) {
            Map<String, Proof> kinds = Map.of(
                    "operator by key", new Proof(proving, Guarded.byKey("operator"), 0),
                    "owner by key", new Proof(proving, Guarded.byKey("profile"), 1),
                    "owner by certificate", new Proof(proving.with(authority.client("the-profile")), new String[0], 1),
                    "reader by key", new Proof(proving, Guarded.byKey("billing"), 2),
                    "reader by token",
                            new Proof(proving, Guarded.bearer(guarded.issuer().token(Guarded.BILLING_CLIENT)), 2),
                    "reader of events by certificate",
                            new Proof(proving.with(authority.client("shipping-host")), new String[0], 3));
            EXPECTED.forEach((route, statuses) -> {
                kinds.forEach((kind, proof) -> {
                    fill(proving, Guarded.byKey("operator"));
                    assertThat(call(proof.node(), route, proof.shown()).statusCode())
                            .as("%s called by %s", route, kind)
                            .isEqualTo(statuses.get(proof.column()));
                });
                int wrong = await().atMost(
                                Duration.ofMinutes(1)) // there are more routes than wrong keys may come at once
                        .until(
                                () -> call(proving, route, Guarded.byKey("nobody"))
                                        .statusCode(),
                                is -> is != 429);
                assertThat(wrong).as(route).isEqualTo(401);
                assertThat(call(proving, route).statusCode())
                        .as("%s called by nobody", route)
                        .isEqualTo(HealthRoutes.OPEN.contains(route.split(" ")[1]) ? 200 : 401);
            });
        }
    }

    private record Proof(RunningNode node, String[] shown, int column) {}

    private List<String> routes() {
        return ROUTE.matcher(node.get("/").body())
                .results()
                .map(route -> route.group(1) + " " + route.group(2))
                .toList();
    }

    /** Lets there be a value, whoever removed it. */
    private static void fill(RunningNode node, String... operator) {
        node.put("/items/profile/profile/k1", NodePlan.profile("k1", "Ada"), operator);
    }

    private static HttpResponse<String> call(RunningNode node, String route, String... shown) {
        String[] parts = route.split(" ");
        String path = parts[1].replace("{owner}", "profile")
                .replace("{item}", item(parts[1]))
                .replace("{key}", "k1")
                .replace("{log}", "profile.profile")
                .replace("{queue}", "profile.welcome")
                .replace("{space}", "s1")
                .replace("{number}", "7")
                .replace("{lease}", "none")
                .replace("{name}", "stale");
        List<String> headers = new ArrayList<>(CLOUD_EVENT);
        headers.addAll(List.of(shown));
        return node.send(parts[0], path + query(route), body(route), headers.toArray(String[]::new));
    }

    private static String item(String template) {
        if (template.startsWith("/events")) {
            return "sale";
        }
        return Stream.of("/items", "/changes", "/erasures").anyMatch(template::startsWith) ? "profile" : "welcome";
    }

    private static String query(String route) {
        if (route.equals("POST /events/{owner}/{item}/{key}")) {
            return "?type=ItemAdded";
        }
        return route.startsWith("DELETE /dead") ? "?reason=none" : "";
    }

    private static @Nullable String body(String route) {
        if (route.startsWith("PUT")) {
            return NodePlan.profile("k1", "Ada");
        }
        if (route.startsWith("POST /events")) {
            return "{\"sku\":\"A\",\"quantity\":1}";
        }
        if (route.startsWith("POST /requests")) {
            return "{\"customerId\":\"c\"}";
        }
        return route.endsWith("/set-aside") ? "{\"message\":\"no\"}" : null;
    }

    @Test
    void thePageListsTheRoutes() throws IOException {
        String page = Files.readString(docs().resolve("node.md"));
        List<String> listed = Pattern.compile("(?m)^\\| `([A-Z]+ /[^ `]*)` \\|")
                .matcher(page)
                .results()
                .map(row -> row.group(1).replaceAll("\\?.*", ""))
                .toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(routes());
    }

    @Test
    void everyProblemHasItsRowAndItsPage() throws IOException {
        String page = Files.readString(docs().resolve("problems.md"));
        for (ProblemType type : ProblemType.values()) {
            assertThat(page).contains("| `" + type.reference() + "` | " + type.status() + " |");
            assertThat(node.get(type.reference()).body()).startsWith(type.id());
        }
        assertThat(page.lines().filter(line -> line.startsWith("| `/problems/")))
                .hasSize(ProblemType.values().length);
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::id)).doesNotHaveDuplicates();
    }

    static Path docs() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve("docs"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void otherPathsAndMethodsAreRefused() {
        assertThat(problem(node.get("/nothing"))).isEqualTo("not-found");
        assertThat(problem(node.get("/items"))).isEqualTo("not-found");
        assertThat(problem(node.get("/items/profile/nothing/k"))).isEqualTo("not-found");
        assertThat(problem(node.get("/items/profile/sale/k"))).isEqualTo("not-found");
        assertThat(problem(node.get("/items/profile/profile/k/"))).isEqualTo("not-found");
        HttpResponse<String> posted = node.send("POST", "/items/profile/profile/k", "{}");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(header(posted, "Allow")).isEqualTo("DELETE, GET, HEAD, PUT");
        assertThat(json(posted).get("status").asInt()).isEqualTo(405);
        assertThat(node.send("HEAD", "/livez", null).statusCode()).isEqualTo(200);
    }
}
