package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChangeRoutesTest {
    private static final String CHANGES = "/changes/profile/level";
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private RunningNode node;

    @BeforeEach
    void start() {
        node = RunningNode.in(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void put(int number, int amount) {
        assertThat(node.put("/items/profile/level/" + number, "{\"number\":%d,\"amount\":%d}".formatted(number, amount))
                        .statusCode())
                .isLessThan(300);
    }

    private void remove(int number) {
        node.send("DELETE", "/items/profile/level/" + number, null);
    }

    /** Applies what is behind the cursor to what a reader has, and returns where to go on. */
    private String follow(Map<String, String> values, String cursor) {
        String from = cursor;
        while (true) {
            JsonNode page = json(node.get(CHANGES + "?limit=3&from=" + from));
            page.get("changes").forEach(change -> apply(values, change));
            if (page.get("changes").isEmpty()) {
                return from;
            }
            from = page.get("next").asString();
        }
    }

    private static void apply(Map<String, String> values, JsonNode change) {
        String key = change.get("key").asString();
        if (change.has("removed")) {
            values.remove(key);
        } else {
            values.put(key, change.get("value").get("amount").asString());
        }
    }

    private Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        json(node.get("/items/profile/level?limit=1000")).get("values").forEach(each -> apply(shown, each));
        return shown;
    }

    @Test
    void aReaderThatComesAndGoesMissesNothingAlsoWhenTheNodeStartsAgain() {
        Random random = new Random(51);
        Map<String, String> values = new TreeMap<>();
        String cursor = "";
        for (int round = 0; round < 12; round++) {
            for (int i = 0; i < 10; i++) {
                int number = random.nextInt(8);
                if (random.nextInt(3) == 0) {
                    remove(number);
                } else {
                    put(number, random.nextInt(1000));
                }
            }
            if (round % 4 == 3) {
                node.close();
                node = RunningNode.in(folder);
            }
            cursor = follow(values, cursor);
            assertThat(values).as("round %d", round).isEqualTo(shown());
        }
        Map<String, String> fresh = new TreeMap<>();
        assertThat(follow(fresh, "")).isEqualTo(cursor);
        assertThat(fresh).isEqualTo(values);
    }

    @Test
    void aPageWaitsForTheNextChange() throws ExecutionException, InterruptedException {
        put(1, 1);
        String cursor = json(node.get(CHANGES)).get("next").asString();
        CompletableFuture<JsonNode> waiting =
                CompletableFuture.supplyAsync(() -> json(node.get(CHANGES + "?wait=20&from=" + cursor)));
        put(2, 7);

        assertThat(waiting.get().get("changes").get(0).get("key").asString()).isEqualTo("2");
        assertThat(json(node.get(CHANGES + "?wait=0&from=profile.level@1")).get("changes"))
                .isEmpty();
    }

    @Test
    void aCursorFromWhichSomethingCouldBeMissedIsRefused() {
        put(1, 1);

        assertThat(problem(node.get(CHANGES + "?from=profile.level@5"))).isEqualTo("must-refetch");
        assertThat(node.get(CHANGES, "Accept", "text/event-stream", "Last-Event-ID", "profile.level@5")
                        .statusCode())
                .isEqualTo(410);
        assertThat(problem(node.get(CHANGES + "?from=profile.profile@0"))).isEqualTo("bad-request");
        assertThat(problem(node.get(CHANGES + "?from=17"))).isEqualTo("bad-request");
        assertThat(problem(node.get(CHANGES + "?wait=21"))).isEqualTo("bad-request");
    }

    @Test
    void aReaderGetsItsFieldsOnly() {
        node.put("/items/profile/profile/a", NodePlan.profile("a", "Ada"));
        String call = "/changes/profile/profile";

        assertThat(node.get(call, "Fairlead-Service", "billing").body())
                .contains("Ada")
                .doesNotContain("ada@example.org");
        assertThat(problem(node.get(call, "Fairlead-Service", "shipping"))).isEqualTo("not-declared");
    }

    /** Else a browser comes back on it to a node that is stopping, gets 503, and never tries again. */
    @Test
    void aStreamTakesItsConnectionAlong() {
        put(1, 10);
        try (OpenStream stream = OpenStream.of(node, CHANGES, "")) {
            stream.awaitText("event: put");
            assertThat(stream.text()).startsWith("HTTP/1.1 200").contains("Connection: close");
        }
    }

    @Test
    void aStreamTellsEachChangeAndGoesOnWhereItWas() {
        put(1, 1);
        try (OpenStream stream = OpenStream.of(node, CHANGES, "")) {
            stream.awaitText("id: profile.level@0\nevent: put\ndata: {\"key\":\"1\",\"version\":1");
            put(2, 2);
            remove(1);
            stream.awaitText("event: removed\ndata: {\"key\":\"1\",\"version\":2,\"removed\":true}");
        }
        put(3, 3);
        try (OpenStream stream = OpenStream.of(node, CHANGES, "Last-Event-ID: profile.level@2\r\n")) {
            stream.awaitText("\"key\":\"3\"");
            assertThat(stream.text()).doesNotContain("\"key\":\"2\"", "removed");
        }
    }

    /** What is written for a second would be told ten times else. */
    @Test
    void aStreamLetsTimePassBetweenChangesOfAKeyWhenItIsAskedTo() {
        put(1, 1);
        try (OpenStream stream = OpenStream.of(node, CHANGES + "?conflate=5s", "")) {
            stream.awaitText("event: put");
            long begin = System.nanoTime();
            int version = 1;
            while (System.nanoTime() - begin < Duration.ofSeconds(1).toNanos()) {
                version++;
                put(1, version);
            }
            stream.awaitText("\"version\":" + version + ",");

            long intervals = Duration.ofNanos(System.nanoTime() - begin).dividedBy(Duration.ofSeconds(5));
            assertThat(stream.text().split("event: put", -1).length - 1).isLessThanOrEqualTo((int) intervals + 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "99ms", "6s", "100us", "-1s", "1h", "99999ms"})
    void aTimeThatCannotBeAskedForIsRefused(String conflate) {
        assertThat(RunningNode.problem(node.get(CHANGES + "?conflate=" + conflate)))
                .isEqualTo("bad-request");
    }

    @ParameterizedTest
    @CsvSource({"PT0.02S, PT0.1S", "PT0.5S, PT0.5S", "PT1M, PT5S", ", PT0.1S"})
    void whereNothingIsAskedThePlanSaysHowOften(Duration planned, Duration interval) {
        assertThat(Conflation.of(null, planned).interval()).isEqualTo(interval);
        assertThat(Conflation.of("2s", planned).interval()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void manyStreamsHearEachChangeAndLeaveRoomForCalls() {
        List<OpenStream> streams = new ArrayList<>();
        try {
            IntStream.range(0, 100).forEach(i -> streams.add(OpenStream.of(node, CHANGES, "")));
            await().atMost(SOON).untilAsserted(() -> put(7, 7)); // a busy machine sheds some calls, which come again
            streams.forEach(stream -> stream.awaitText("\"key\":\"7\""));
            assertThat(node.get("/livez").statusCode()).isEqualTo(200);
        } finally {
            streams.forEach(OpenStream::close);
        }
    }

    @Test
    void streamsEndWhenTheNodeStops() {
        try (OpenStream stream = OpenStream.of(node, CHANGES, "")) {
            stream.awaitText("retry: ");
            CompletableFuture<HttpResponse<String>> waiting =
                    CompletableFuture.supplyAsync(() -> node.get(CHANGES + "?wait=20"));
            node.close();
            stream.awaitEnd();
            await().atMost(SOON).until(waiting::isDone);
        }
    }
}
