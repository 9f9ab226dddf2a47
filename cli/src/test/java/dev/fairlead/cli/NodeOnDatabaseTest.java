package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The node on tables of a database instead of its own store: the same calls, and what was written is there after a restart. */
class NodeOnDatabaseTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String STOCK = "/items/shop/stock/A";

    @TempDir
    Path folder;

    private ShopNode start() throws Exception {
        return ShopNode.in(folder, "sql: { url: \"jdbc:h2:file:" + folder.resolve("tables") + "\" }", 0);
    }

    @Test
    void everyKindOfItemIsServedFromTablesAndOutlivesTheNode() throws Exception {
        String cursor;
        try (ShopNode node = start()) {
            HttpResponse<String> put = node.send("PUT", STOCK, "{\"sku\":\"A\",\"count\":3}");
            assertThat(put.statusCode()).isEqualTo(201);
            assertThat(put.body()).contains("\"durability\":\"D1\"");
            await().atMost(SOON).until(() -> node.send("GET", "/readyz", null).statusCode() == 200);
            assertThat(node.send("GET", STOCK, null).body()).isEqualTo("{\"sku\":\"A\",\"count\":3}");
            cursor = node.json("GET", "/changes/shop/stock", null).get("next").asString();
            node.send("POST", "/events/shop/sale/S1?type=Paid", "{\"amount\":5}");
            assertThat(node.json("GET", "/events/shop/sale", null).get("events"))
                    .hasSize(1);
            ask(node);
            assertThat(node.send("POST", "/requests/shop/restock", "{\"sku\":\"A\"}")
                            .statusCode())
                    .isEqualTo(202);
        }
        try (ShopNode node = start()) {
            assertThat(node.send("PUT", STOCK, "{\"sku\":\"A\",\"count\":2}").body())
                    .contains("\"version\":2");
            await().atMost(SOON).until(() -> node.send("GET", "/readyz", null).statusCode() == 200);
            JsonNode changes = node.json("GET", "/changes/shop/stock?wait=20&from=" + cursor, null)
                    .get("changes");
            assertThat(changes.get(0).get("value").get("count").asInt()).isEqualTo(2);
            JsonNode told = take(node, "restock", "");
            assertThat(told.get("question").toString()).isEqualTo("{\"sku\":\"A\"}");
            assertThat(acknowledge(node, "restock", told, null)).isEqualTo(204);
            JsonNode event = take(node, "sale", "&group=books");
            assertThat(event.get("event").toString()).isEqualTo("{\"amount\":5}");
            assertThat(acknowledge(node, "sale", event, null)).isEqualTo(204);
        }
    }

    private static void ask(ShopNode node) {
        CompletableFuture<JsonNode> taking =
                CompletableFuture.supplyAsync(() -> take(node, "quote", ""), NodeOnDatabaseTest::run);
        AtomicReference<CompletableFuture<HttpResponse<String>>> asking = new AtomicReference<>(question(node));
        await().atMost(SOON).until(() -> {
            if (!taking.isDone() && asking.get().isDone()) { // nobody answered yet
                asking.set(question(node));
            }
            return taking.isDone();
        });
        assertThat(acknowledge(node, "quote", taking.join(), "{\"amount\":7}")).isEqualTo(204);
        assertThat(asking.get().join().body()).isEqualTo("{\"amount\":7}");
    }

    private static CompletableFuture<HttpResponse<String>> question(ShopNode node) {
        return CompletableFuture.supplyAsync(
                () -> node.send("POST", "/requests/shop/quote", "{\"sku\":\"A\"}"), NodeOnDatabaseTest::run);
    }

    private static void run(Runnable work) {
        Thread.ofVirtual().start(work);
    }

    private static JsonNode take(ShopNode node, String item, String query) {
        return await().atMost(SOON)
                .until(
                        () -> node.json("POST", "/leases/shop/" + item + "?wait=10&limit=1" + query, null)
                                .get("leases"),
                        leases -> !leases.isEmpty())
                .get(0);
    }

    private static int acknowledge(ShopNode node, String item, JsonNode lease, @Nullable String answer) {
        return node.send(
                        "POST",
                        "/leases/shop/" + item + "/" + lease.get("lease").asString() + "/acknowledge",
                        answer)
                .statusCode();
    }
}
