package dev.fairlead.cli;

import static org.awaitility.Awaitility.await;

import dev.fairlead.node.Node;
import dev.fairlead.node.NodeSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node that runs in this process on the plan and data of a folder, and a client that knows nothing of Fairlead. */
final class ShopNode implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String PLAN = """
            service: shop
            shares:
              stock:
                kind: state
                key: sku
                fields: { sku: string, count: int32 }
              sale:
                kind: event
                key: saleId
                events: { Paid: { amount: int32 } }
                retention: 1h
              quote:
                kind: request
                question: { sku: string }
                answer: { amount: int32 }
                deadline: 20s
              restock:
                kind: request
                delivery: guaranteed
                question: { sku: string }
            """;

    private final Node node;
    private final HttpClient client = HttpClient.newHttpClient();

    private ShopNode(Node node) {
        this.node = node;
    }

    /** @param mechanism the landscape's one, such as {@code "embedded: { }"} */
    static ShopNode in(Path folder, String mechanism, int port) throws IOException {
        Path plan = Files.createDirectories(folder.resolve("plan"));
        Files.writeString(plan.resolve("shop.yaml"), PLAN);
        Files.writeString(plan.resolve("landscape.yaml"), "mechanisms:\n  " + mechanism + "\n");
        ShopNode shop = new ShopNode(
                Node.start(NodeSettings.local(plan, folder.resolve("data")).withPort(port)));
        await().atMost(SOON).until(() -> shop.send("GET", "/livez", null).statusCode() == 200);
        return shop;
    }

    int port() {
        return node.port();
    }

    HttpResponse<String> send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .timeout(SOON)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(String method, String path, @Nullable String body) {
        return JsonMapper.shared().readTree(send(method, path, body).body());
    }

    @Override
    public void close() {
        node.close();
        client.close();
    }
}
