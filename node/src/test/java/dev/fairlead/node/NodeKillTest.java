package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.testkit.process.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills a node with {@code kill -9} while it writes: what it has accepted is there when it starts again. */
@Tag("slow")
class NodeKillTest {
    private static final int KILLS = 3;
    private static final int WRITERS = 4;
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATEST_KILL = Duration.ofMillis(1500);

    @TempDir
    Path folder;

    /** The newest number of each key whose write was answered. */
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();

    @Test
    void noAcceptedWriteIsLost() throws Exception {
        NodePlan.in(folder);
        for (int kill = 0; kill < KILLS; kill++) {
            int before = total();
            writeAndKill(kill);
            assertThat(total()).as("writes accepted before kill %d", kill).isGreaterThan(before);
            try (RunningNode node = RunningNode.in(folder)) {
                accepted.forEach((key, number) -> {
                    JsonNode found = json(node.get("/items/profile/profile/" + key));
                    assertThat(found.get("visits").asInt()).as(key).isGreaterThanOrEqualTo(number);
                });
            }
        }
    }

    private int total() {
        return accepted.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void writeAndKill(int kill) throws InterruptedException {
        try (ChildJvm child =
                ChildJvm.of(ServingChild.class).start(folder.toString()).awaitReady()) {
            String port = child.line();
            List<Thread> writers = new ArrayList<>();
            int before = total();
            for (int i = 0; i < WRITERS; i++) {
                String key = "w" + i;
                writers.add(Thread.ofPlatform().start(() -> write("http://localhost:" + port, key)));
            }
            await().atMost(SOON).until(() -> total() > before);
            ChildJvm.Killing killing = child.killWithin(LATEST_KILL, new Random(kill));
            for (Thread writer : writers) {
                writer.join();
            }
            killing.join();
        }
    }

    /** Writes one number after the other, until the node is gone. */
    private void write(String node, String key) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int number = accepted.getOrDefault(key, 0) + 1; ; number++) {
                String profile =
                        "{\"customerId\":\"%s\",\"name\":\"A\",\"email\":\"e\",\"visits\":%d}".formatted(key, number);
                HttpResponse<String> put = client.send(
                        HttpRequest.newBuilder(URI.create(node + "/items/profile/profile/" + key))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(profile))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (put.statusCode() / 100 == 2) {
                    accepted.put(key, number);
                }
            }
        } catch (IOException killed) {
            // as it was to be
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
