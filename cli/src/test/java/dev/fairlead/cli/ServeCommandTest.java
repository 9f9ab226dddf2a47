package dev.fairlead.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.node.Node;
import dev.fairlead.node.NodeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ServeCommandTest {
    private static final String PRODUCT = "{\"sku\":\"%s\",\"description\":\"d\",\"price\":1,\"cost\":1}";

    @TempDir
    Path folder;

    @BeforeEach
    void writeThePlan() {
        assertThat(CommandRun.of("init", folder.resolve("shop")).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void s37AnotherAddressThanLoopbackIsRefused(String host) {
        CommandRun run = serve("--data", folder.resolve("data"), "--host", host, "--port", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no TLS and no authentication").hasLineCount(1);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void wrongUsageAndPlansAreToldOnOneLine() {
        assertThat(serve("--port", "0").err()).contains("--data").hasLineCount(1);
        assertThat(serve("--data", folder.resolve("data"), "--port", "70000").err())
                .contains("0 to 65535")
                .hasLineCount(1);
        CommandRun closed = serve("--data", folder.resolve("data"), "--access", folder.resolve("access.yaml"));
        assertThat(closed.exitCode()).isEqualTo(2);
        assertThat(closed.err()).contains("access.yaml").hasLineCount(1);
        CommandRun run = CommandRun.of("serve", folder.resolve("nowhere"), "--data", folder.resolve("data"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nowhere").hasLineCount(1);
    }

    @Test
    void eachFaultOfAPlanHasItsLineAsPlanShowsIt() throws IOException {
        Files.writeString(
                folder.resolve("shop/extra.yaml"),
                "service: extra\nteem: x\navailability: 200%\nneeds:\n  nobody.has: { why: x }\n");
        CommandRun planned = CommandRun.of("plan", folder.resolve("shop"));
        CommandRun served = serve("--data", folder.resolve("data"), "--port", "0");

        assertThat(planned.err()).hasLineCount(3);
        assertThat(served.err()).isEqualTo(planned.err());
        assertThat(served.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private CommandRun serve(Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("serve", folder.resolve("shop")));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray());
    }

    @Test
    void whatANodeDidBeforeItWasToldToStopItAlsoAnswered() throws Exception {
        Process node = started();
        Map<String, Long> answered = new ConcurrentHashMap<>();
        try (BufferedReader said = node.inputReader(UTF_8)) {
            String line = Objects.requireNonNull(said.readLine(), "the command ended at once");
            assertThat(line).contains("for programs on this machine only");
            String products = line.replaceAll("^serving on (\\S+)/, .*", "$1") + "/items/catalog/product/";
            List<Thread> writers = Stream.of("a", "b", "c", "d")
                    .map(key -> Thread.ofPlatform().start(() -> write(products, key, answered)))
                    .toList();
            while (answered.size() < writers.size()) {
                Thread.onSpinWait();
            }
            node.destroy(); // SIGTERM
            assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
            for (Thread writer : writers) {
                writer.join();
            }
        } finally {
            node.destroyForcibly();
        }

        assertThat(versions()).isEqualTo(answered);
    }

    /** Writes a key over and over until the node does not take it any more, and counts the answers. */
    private static void write(String products, String key, Map<String, Long> answered) {
        HttpRequest put = HttpRequest.newBuilder(URI.create(products + key))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(PRODUCT.formatted(key)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode() < 300) {
                answered.merge(key, 1L, Long::sum);
            }
        } catch (IOException refused) {
            // a call that was never accepted; one that was must have been answered, as the versions show
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of each key, how often it was written. */
    private Map<String, Long> versions() {
        Map<String, Long> versions = new HashMap<>();
        NodeSettings settings = NodeSettings.local(folder.resolve("shop"), folder.resolve("data"));
        try (Node node = Node.start(settings);
                HttpClient client = HttpClient.newHttpClient()) {
            URI changes = URI.create("http://localhost:" + node.port() + "/changes/catalog/product?wait=20");
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                HttpResponse<String> page =
                        client.send(HttpRequest.newBuilder(changes).build(), HttpResponse.BodyHandlers.ofString());
                if (page.statusCode() == 200) {
                    JsonMapper.shared()
                            .readTree(page.body())
                            .get("changes")
                            .forEach(change -> versions.put(
                                    change.get("key").asString(),
                                    change.get("version").asLong()));
                }
                return versions.size() == 4;
            });
        }
        return versions;
    }

    private Process started() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        folder.resolve("shop").toString(),
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
