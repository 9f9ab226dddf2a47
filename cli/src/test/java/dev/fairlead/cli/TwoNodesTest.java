package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two nodes in processes of their own that share nothing but a server of Redis, and callers who go to the other one when one does not answer or may
 * not write. Each is killed in turn, with {@code kill -9} and under load.
 */
@Tag("slow")
class TwoNodesTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final List<String> KEYS = List.of("A", "B", "C");

    @TempDir
    Path folder;

    /** The newest number of each key whose write was answered. */
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();

    private final AtomicBoolean over = new AtomicBoolean();

    /** A node, until it is killed; the next one has the same port. */
    private final class ServedNode implements AutoCloseable {
        private final String name;
        private volatile Process process;
        private volatile String url;

        private ServedNode(String name) throws IOException {
            this.name = name;
            start("0");
        }

        private void start(String port) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "serve",
                            folder.resolve("plan").toString(),
                            "--data",
                            folder.resolve(name).toString(),
                            "--port",
                            port)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            String line = Objects.requireNonNull(said.readLine(), "the node ended at once");
            url = line.replaceAll("^serving on (\\S+)/, .*", "$1");
        }

        private void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }

        private void restart() throws IOException {
            start(String.valueOf(URI.create(url).getPort()));
        }

        @Override
        public void close() throws InterruptedException {
            kill();
        }
    }

    @Test
    void callersGoToTheOtherNodeAndNothingAcceptedIsLost() throws Exception {
        try (ServerProcess redis = RealServer.REDIS.start()) {
            writePlan(redis);
            try (ServedNode first = new ServedNode("first");
                    ServedNode second = new ServedNode("second")) {
                List<String> urls = List.of(first.url, second.url);
                List<Thread> writers = KEYS.stream()
                        .map(key -> Thread.ofPlatform().start(() -> write(urls, KEYS.indexOf(key) % 2, key)))
                        .toList();
                try {
                    awaitProgress();
                    second.kill(); // the first was fenced off by it, and has to take the item back
                    awaitProgress();
                    second.restart();
                    await().atMost(SOON).until(() -> status(second.url + "/readyz") == 200);
                    first.kill();
                    awaitProgress();
                    first.restart();
                } finally {
                    over.set(true);
                    for (Thread writer : writers) {
                        writer.join();
                    }
                }
                for (String url : urls) {
                    await().atMost(SOON).untilAsserted(() -> assertAllThere(url));
                }
            }
        }
    }

    private void writePlan(ServerProcess redis) throws IOException {
        Path plan = Files.createDirectories(folder.resolve("plan"));
        Files.writeString(plan.resolve("shop.yaml"), """
                service: shop
                shares:
                  stock:
                    kind: state
                    key: sku
                    fields: { sku: string, count: int32 }
                """);
        Files.writeString(
                plan.resolve("landscape.yaml"),
                "mechanisms:\n  redis: { url: \"" + redis.settings().get("url") + "\" }\n");
    }

    /** Waits until of every key something more was accepted. */
    private void awaitProgress() {
        Map<String, Integer> before = Map.copyOf(accepted);
        await().atMost(SOON)
                .until(() ->
                        KEYS.stream().allMatch(key -> accepted.getOrDefault(key, 0) > before.getOrDefault(key, 0)));
    }

    /** Writes one number after the other; each until a node has accepted it, at the other node after each failure. */
    private void write(List<String> urls, int first, String key) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            int at = first;
            for (int number = 1; !over.get(); number++) {
                while (!isAccepted(client, urls.get(at), key, number) && !over.get()) {
                    at = (at + 1) % urls.size();
                }
                if (!over.get()) {
                    accepted.put(key, number);
                }
            }
        }
    }

    private static boolean isAccepted(HttpClient client, String url, String key, int number) {
        HttpRequest put = HttpRequest.newBuilder(URI.create(url + "/items/shop/stock/" + key))
                .timeout(SOON)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"sku\":\"%s\",\"count\":%d}".formatted(key, number)))
                .build();
        try {
            return client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException gone) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int status(String url) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** A number that was never answered may be there too: it is the next one. */
    private void assertAllThere(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String key : KEYS) {
                HttpResponse<String> got = client.send(
                        HttpRequest.newBuilder(URI.create(url + "/items/shop/stock/" + key))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                JsonNode value = JsonMapper.shared().readTree(got.body());
                int newest = accepted.getOrDefault(key, 0);
                assertThat(Stream.of(newest, newest + 1))
                        .as(key + " at " + url)
                        .contains(value.get("count").asInt());
            }
        }
    }
}
