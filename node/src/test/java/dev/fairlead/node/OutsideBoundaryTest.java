package dev.fairlead.node;

import static dev.fairlead.node.OutsidePlan.CANARY;
import static dev.fairlead.node.OutsidePlan.customer;
import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What outside clients do not get, whatever they call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutsideBoundaryTest {
    private static final Pattern ROUTE = Pattern.compile("(?m)^([A-Z]+) +(/\\S*)");
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{200}");

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place, OutsidePlan.in(place), NodeTimes.defaults());
        OutsidePlan.fill(node);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    /** All that a client gets of an answer, but for the time and what is sealed anew each time. */
    private static String whole(HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        List.of("date", "fairlead-age", "age").forEach(headers::remove);
        return CURSOR.matcher(response.statusCode() + " " + headers + " " + response.body())
                .replaceAll("CURSOR");
    }

    @Test
    void s5EachCustomerSeesOnlyItsOwnOnEveryRouteAndCannotTellWhatIsAnothersFromWhatIsNotThere() {
        for (String[] pair : new String[][] {{"ada", "a", "b"}, {"bob.brown", "b", "a"}}) {
            String[] client = customer(pair[0]);
            String own = pair[1] + "1";
            String others = pair[2] + "1";
            for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "POST")) {
                for (String route : List.of("/items/shop/order/", "/events/shop/purchase/")) {
                    String body = method.equals("PUT") || method.equals("POST") ? "{}" : null;
                    assertThat(whole(node.send(method, route + others, body, client)))
                            .as("%s %s%s by %s", method, route, others, pair[0])
                            .isEqualTo(whole(node.send(method, route + "zz", body, client)));
                }
            }
            assertThat(node.get("/items/shop/order/" + own, client).statusCode())
                    .isEqualTo(200);
            assertThat(json(node.get("/events/shop/purchase/" + own, client)).get("events"))
                    .hasSize(2);
            for (String route : List.of(
                    "/items/shop/order", "/items/shop/order?limit=1", "/changes/shop/order", "/events/shop/purchase")) {
                String all = CURSOR.matcher(node.get(route, client).body()).replaceAll("");
                assertThat(all)
                        .as(route)
                        .contains("\"" + own + "\"")
                        .doesNotContain("\"" + others + "\"", "\"" + pair[2] + "2\"");
            }
        }
    }

    @Test
    void s5WhatIsNotExposedIsNotThere() {
        String nothing = node.get("/nothing", customer("ada")).body();
        List<String> paths = new ArrayList<>(List.of(
                "/items/shop/supplier/x",
                "/items/shop/supplier",
                "/changes/shop/supplier",
                "/items/none/none/x",
                "/events/shop/order",
                "/items/shop/ORDER/a1",
                "/items/shop/order/a1/",
                "/items/shop%2Forder/a1"));
        paths.forEach(path -> assertThat(node.get(path, customer("ada")).body())
                .as(path)
                .isIn(nothing, notFound("the plan has no event item shop.order")));
        ROUTE.matcher(node.get("/").body()).results().forEach(route -> {
            String path = route.group(2).replaceAll("\\{[a-z]+}", "shop");
            boolean isThere = Outside.isThere(new Route(route.group(1), route.group(2), "", exchange -> Reply.of(200)));
            HttpResponse<String> answer = node.send(route.group(1), path, null, customer("ada"));
            if (!isThere) {
                assertThat(answer.statusCode()).as(route.group()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(nothing);
            }
        });
        assertThat(node.get("/", customer("ada")).body()).doesNotContain("PUT", "POST", "mechanism", "metrics");
        assertThat(json(node.get("/readyz", customer("ada"))).get("copies")).isEmpty();
    }

    private static String notFound(String detail) {
        return "{\"type\":\"/problems/not-found\",\"title\":\"There is nothing here\",\"status\":404,\"detail\":\""
                + detail + "\"}";
    }

    @Test
    void s38WhatIsHiddenIsFoundNowhere() {
        StringBuilder told = new StringBuilder();
        List<String> paths = List.of(
                "/",
                "/openapi.json",
                "/asyncapi.json",
                "/docs",
                "/readyz",
                "/items/shop/order",
                "/items/shop/order/a1",
                "/items/shop/order/b1",
                "/items/shop/order?after=a1&limit=1",
                "/items/shop/order?limit=x",
                "/changes/shop/order",
                "/changes/shop/order?from=x",
                "/events/shop/purchase",
                "/events/shop/purchase?limit=1",
                "/events/shop/purchase/a1",
                "/events/shop/purchase?mode=binary",
                "/events/shop/purchase?from=1:shop.purchase:1");
        for (String client : List.of("customers?sub=ada", "customers?sub=carol", "partners?order=")) {
            for (String accept : List.of("*/*", "application/x-ndjson", "application/cloudevents-batch+json", "x/y")) {
                String[] one = {NamedClient.HEADER, client + (client.endsWith("=") ? accept.replace("*", "a") : "")};
                for (String path : paths) {
                    HttpResponse<String> answer = node.get(path, one[0], one[1], "Accept", accept);
                    told.append(answer.headers().map()).append(answer.body());
                }
            }
        }
        try (OpenStream stream = OpenStream.of(node, "/changes/shop/order", "Fairlead-Client: partners\r\n")) {
            stream.awaitText("b2");
            told.append(stream.text());
        }
        told.append(node.get("/metrics").body());

        assertThat(told.toString()).contains("a1").doesNotContain(CANARY, "finding", "Audited");
        assertThat(node.get("/metrics").body()).doesNotContain("ada", "carol", "customers", "partners");
    }

    @Test
    void s41WhoHasUsedUpAnAllowanceWaitsAndNobodyElse() {
        String[] one = {NamedClient.HEADER, "partners?order=one"};
        HttpResponse<String> first = node.get("/items/shop/order/a1", one);
        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"rate\";q=100;w=60, \"quota\";q=20;w=3600");
        assertThat(header(first, "RateLimit")).matches("\"rate\";r=\\d+;t=\\d+, \"quota\";r=19;t=3600");
        for (int call = 1; call < 20; call++) {
            assertThat(node.get("/items/shop/order/none", one).statusCode()).isEqualTo(404);
        }
        HttpResponse<String> over = node.get("/items/shop/order", one);

        assertThat(problem(over)).isEqualTo("too-many-calls");
        assertThat(Integer.parseInt(header(over, "Retry-After"))).isBetween(3_000, 3_600);
        assertThat(header(over, "RateLimit")).contains("\"quota\";r=0;");
        assertThat(node.get("/items/shop/order/a1", NamedClient.HEADER, "partners?order=two")
                        .statusCode())
                .isEqualTo(200);
        assertThat(node.get("/events/shop/purchase", one).statusCode())
                .as("a view without limits")
                .isEqualTo(200);
        assertThat(node.get("/items/shop/order/a1", customer("ada")).headers().map())
                .doesNotContainKeys("ratelimit", "deprecation", "sunset");
    }

    @Test
    void aViewThatEndsSaysSoInEveryAnswer() {
        String[] client = {NamedClient.HEADER, "partners?order=three"};
        for (String path : List.of("/items/shop/order?limit=1", "/items/shop/order/none", "/changes/shop/order")) {
            HttpResponse<String> answer = node.get(path, client);
            assertThat(header(answer, "Deprecation")).as(path).isEqualTo("@1790812800");
            assertThat(header(answer, "Sunset")).isEqualTo("Fri, 09 Apr 2027 00:00:00 GMT");
            assertThat(header(answer, "Link")).endsWith("</docs>; rel=\"deprecation\"; type=\"text/html\"");
        }
        assertThat(header(node.get("/items/shop/order?limit=1", client), "Link"))
                .startsWith("</items/shop/order?after=a1&limit=1>; rel=\"next\", ");
    }
}
