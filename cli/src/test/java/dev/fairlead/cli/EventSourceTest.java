package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser's own EventSource follows an item, and goes on by itself where it was when the node comes back. */
class EventSourceTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String FOLLOW = """
            () => {
                window.seen = [];
                const source = new EventSource("/changes/shop/stock");
                source.addEventListener("put", event => window.seen.push(event.data));
            }
            """;

    @TempDir
    Path folder;

    @Test
    void theBrowserResumesAfterARestart() throws Exception {
        try (Chromium chromium = new Chromium()) {
            Page page;
            int port;
            try (ShopNode node = ShopNode.in(folder, "embedded: { }", 0)) {
                port = node.port();
                put(node, 1);
                page = chromium.open("http://localhost:" + port + "/");
                page.evaluate(FOLLOW);
                awaitSeen(page, 1);
                put(node, 2);
                awaitSeen(page, 2);
            }
            try (ShopNode node = ShopNode.in(folder, "embedded: { }", port)) {
                put(node, 3);
                awaitSeen(page, 3);
                put(node, 4);
                awaitSeen(page, 4);
                assertThat(seen(page)).containsExactly(line(1), line(2), line(3), line(4));
            }
        }
    }

    private static void put(ShopNode node, int number) {
        String body = "{\"sku\":\"k%d\",\"count\":1}".formatted(number);
        assertThat(node.send("PUT", "/items/shop/stock/k" + number, body).statusCode())
                .isEqualTo(201);
    }

    private static String line(int number) {
        return "{\"key\":\"k%d\",\"version\":1,\"value\":{\"sku\":\"k%d\",\"count\":1}}".formatted(number, number);
    }

    private static void awaitSeen(Page page, int count) {
        await().atMost(SOON).until(() -> seen(page).size() >= count);
    }

    private static List<String> seen(Page page) {
        return ((List<?>) page.evaluate("() => window.seen"))
                .stream().map(String::valueOf).toList();
    }
}
