package dev.fairlead.node;

import static dev.fairlead.node.OutsidePlan.CANARY;
import static dev.fairlead.node.OutsidePlan.PARTNER;
import static dev.fairlead.node.OutsidePlan.customer;
import static dev.fairlead.node.OutsidePlan.order;
import static dev.fairlead.node.OutsidePlan.path;
import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** State as outside clients get it: fields, names, what is theirs, and how it changes. */
class OutsideStateTest {
    private static final String CHANGES = "/changes/shop/order";
    private static final NodeTimes TIMES = NodeTimes.defaults().withHeartbeat(Duration.ofMillis(100));

    @TempDir
    private Path folder;

    private RunningNode node;

    @BeforeEach
    void start() {
        node = RunningNode.in(folder, OutsidePlan.in(folder), TIMES);
        OutsidePlan.fill(node);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private String next(String from, String... client) {
        return json(node.get(CHANGES + "?from=" + from, client)).get("next").asString();
    }

    @Test
    void aViewShowsItsFieldsUnderTheirNamesOutside() {
        HttpResponse<String> shown = node.get(path("a1"), customer("ada"));

        assertThat(shown.body()).isEqualTo("{\"orderId\":\"a1\",\"status\":\"open\",\"amount\":9.25}");
        assertThat(shown.headers().map()).doesNotContainKeys("last-modified", "fairlead-version");
        assertThat(node.get(path("a1"), PARTNER).body()).isEqualTo("{\"orderId\":\"a1\",\"status\":\"open\"}");
    }

    @Test
    void pagesHoldWhatIsTheClientsAndEnd() {
        List<String> found = new ArrayList<>();
        String page = "/items/shop/order?limit=1";
        while (!page.isEmpty()) {
            HttpResponse<String> response = node.get(page, customer("bob.brown"));
            json(response).get("values").forEach(value -> found.add(value.toString()));
            JsonNode next = json(response).path("next");
            assertThat(header(response, "Link").isEmpty()).isEqualTo(next.isMissingNode());
            page = next.asString("");
        }

        assertThat(found)
                .containsExactly(
                        "{\"key\":\"b1\",\"value\":{\"orderId\":\"b1\",\"status\":\"open\",\"amount\":9.25}}",
                        "{\"key\":\"b2\",\"value\":{\"orderId\":\"b2\",\"status\":\"open\",\"amount\":9.25}}");
        assertThat(json(node.get("/items/shop/order?after=a2", customer("ada"))).get("values"))
                .isEmpty();
        assertThat(json(node.get("/items/shop/order", customer("nobody"))).get("values"))
                .isEmpty();
        assertThat(json(node.get("/items/shop/order", PARTNER)).get("values")).hasSize(4);
    }

    @Test
    void aTagIsThatOfWhatIsShown() {
        String tag = header(node.get(path("a1"), customer("ada")), "ETag");

        order(node, "a1", "ada", "open", "another");
        assertThat(node.get(path("a1"), with(customer("ada"), "If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
        assertThat(header(node.get(path("a1"), PARTNER), "ETag")).isNotEqualTo(tag);
        assertThat(header(node.get(path("a1")), "ETag")).isEqualTo("\"2\"");
        assertThat(node.get(path("a1"), with(customer("ada"), "If-None-Match", "\"2\""))
                        .statusCode())
                .isEqualTo(200);
        order(node, "a1", "ada", "sent", "another");
        assertThat(node.get(path("a1"), with(customer("ada"), "If-None-Match", tag))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String[] with(String[] client, String name, String value) {
        return new String[] {client[0], client[1], name, value};
    }

    @Test
    void changesAreThoseOfWhatIsShownAndTheClients() {
        String from = next("", customer("ada"));
        assertThat(json(node.get(CHANGES, customer("ada"))).get("changes")).hasSize(2);

        order(node, "a1", "ada", "open", "hidden");
        order(node, "b1", "bob.brown", "sent", "hidden");
        assertThat(json(node.get(CHANGES + "?from=" + from, customer("ada"))).toString())
                .isEqualTo("{\"changes\":[],\"next\":\"" + from + "\"}");
        order(node, "a1", "ada", "sent", "hidden");
        assertThat(json(node.get(CHANGES + "?from=" + from, customer("ada")))
                        .get("changes")
                        .toString())
                .isEqualTo("[{\"key\":\"a1\",\"value\":{\"orderId\":\"a1\",\"status\":\"sent\",\"amount\":9.25}}]");
    }

    @Test
    void aValueThatGoesOverIsRemovedForTheOneAndThereForTheOther() {
        String ada = next("", customer("ada"));
        String bob = next("", customer("bob.brown"));
        String partner = next("", PARTNER);

        order(node, "a1", "bob.brown", "open", CANARY);

        assertThat(json(node.get(CHANGES + "?from=" + ada, customer("ada")))
                        .get("changes")
                        .toString())
                .isEqualTo("[{\"key\":\"a1\",\"removed\":true}]");
        assertThat(json(node.get(CHANGES + "?from=" + bob, customer("bob.brown")))
                        .get("changes")
                        .toString())
                .startsWith("[{\"key\":\"a1\",\"value\":");
        assertThat(json(node.get(CHANGES + "?from=" + partner, PARTNER)).get("changes"))
                .as("nothing that partners see has changed")
                .isEmpty();
        assertThat(problem(node.get(path("a1"), customer("ada")))).isEqualTo("no-value");
        assertThat(json(node.get("/items/shop/order", customer("ada"))).get("values"))
                .hasSize(1);

        String back = next(ada, customer("ada"));
        order(node, "a1", "ada", "open", CANARY);
        node.send("DELETE", path("a2"), null);
        assertThat(json(node.get(CHANGES + "?from=" + back, customer("ada")))
                        .get("changes")
                        .toString())
                .isEqualTo("[{\"key\":\"a1\",\"value\":{\"orderId\":\"a1\",\"status\":\"open\",\"amount\":9.25}},"
                        + "{\"key\":\"a2\",\"removed\":true}]");
    }

    @Test
    void aStreamTellsTheSameAndGoesOnWhereItWas() {
        String id;
        try (OpenStream stream = OpenStream.of(node, CHANGES, "Fairlead-Client: customers?sub=ada\r\n")) {
            stream.awaitText("\"key\":\"a2\"");
            order(node, "b1", "bob.brown", "sent", CANARY);
            order(node, "a1", "bob.brown", "open", CANARY);
            stream.awaitText("event: removed");
            String text = stream.text();
            assertThat(text)
                    .contains("data: {\"key\":\"a1\",\"removed\":true}")
                    .doesNotContain("\"b1\"", "version", CANARY);
            id = text.substring(text.lastIndexOf("id: ") + 4)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
        order(node, "b2", "bob.brown", "sent", CANARY);
        order(node, "a2", "bob.brown", "sent", CANARY);
        try (OpenStream again =
                OpenStream.of(node, CHANGES, "Fairlead-Client: customers?sub=ada\r\nLast-Event-ID: " + id + "\r\n")) {
            again.awaitText("data: {\"key\":\"a2\",\"removed\":true}");
            assertThat(again.text()).doesNotContain("\"a1\"", "\"b2\"");
        }
    }

    @Test
    void whoWaitsIsNotRousedByWhatIsOthers() {
        String from = next("", customer("ada"));
        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> node.get(CHANGES + "?wait=20&from=" + from, customer("ada")));

        order(node, "b1", "bob.brown", "sent", CANARY);
        order(node, "a1", "ada", "open", "hidden");
        assertThat(waiting).isNotDone();
        order(node, "a2", "ada", "open", CANARY);
        assertThat(json(waiting.join()).get("changes")).hasSize(1);
    }

    @Test
    void s6ACursorIsOneClientsOnly() {
        String ada = next("", customer("ada"));
        String partner = next("", PARTNER);

        assertThat(ada).doesNotContain("shop", "@").hasSameSizeAs(partner);
        assertThat(problem(node.get(CHANGES + "?from=" + ada, customer("bob.brown"))))
                .isEqualTo("must-refetch");
        assertThat(problem(node.get(CHANGES + "?from=" + ada, PARTNER))).isEqualTo("must-refetch");
        assertThat(problem(node.get(CHANGES + "?from=shop.order@0", customer("ada"))))
                .isEqualTo("bad-request");
        String other = ada.substring(0, 20) + (ada.charAt(20) == 'A' ? 'B' : 'A') + ada.substring(21);
        assertThat(problem(node.get(CHANGES + "?from=" + other, customer("ada"))))
                .isEqualTo("must-refetch");
        assertThat(node.get(CHANGES + "?from=" + ada, customer("ada")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void afterARestartOnlyThoseGoOnWhoCanHaveMissedNothing() {
        String ada = next("", customer("ada"));
        String partner = next("", PARTNER);
        order(node, "a1", "bob.brown", "sent", CANARY);
        node.close();
        node = RunningNode.in(folder, OutsidePlan.in(folder), TIMES);

        assertThat(problem(node.get(CHANGES + "?from=" + ada, customer("ada")))).isEqualTo("must-refetch");
        String begun = next("", customer("ada"));
        assertThat(json(node.get(CHANGES + "?from=" + begun, customer("ada"))).get("changes"))
                .isEmpty();
        assertThat(json(node.get(CHANGES + "?from=" + partner, PARTNER))
                        .get("changes")
                        .toString())
                .isEqualTo("[{\"key\":\"a1\",\"value\":{\"orderId\":\"a1\",\"status\":\"sent\"}}]");
    }

    @Test
    void whoLacksTheClaimIsToldWhich() {
        for (String client : List.of("customers", "customers?other=ada", "customers?sub=")) {
            for (String path : List.of(path("a1"), path("none"), "/items/shop/order", CHANGES)) {
                HttpResponse<String> refused = node.get(path, NamedClient.HEADER, client);
                assertThat(problem(refused)).as(client + path).isEqualTo("missing-claim");
                assertThat(refused.body()).contains("`sub`");
            }
        }
        assertThat(problem(node.get("/", NamedClient.HEADER, "strangers?sub=ada")))
                .isEqualTo("unknown-service");
        assertThat(problem(node.get("/", NamedClient.HEADER, "customers?sub=a&sub=b")))
                .isEqualTo("bad-request");
        assertThat(problem(node.get("/", NamedClient.HEADER, "customers", Caller.HEADER, "shop")))
                .isEqualTo("bad-request");
    }
}
