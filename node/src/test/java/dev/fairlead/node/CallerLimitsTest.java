package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one caller may take of a node, and what that leaves to another. */
class CallerLimitsTest {
    private static final String KEY = "/items/profile/profile/k1";
    private static final String CHANGES = "/changes/profile/profile";
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private RunningNode node;

    @BeforeEach
    void start() {
        Guarded guarded = Guarded.in(folder);
        guarded.say("limits: { calls: 2, streams: 3 }\n");
        node = RunningNode.guarded(folder, guarded.file());
        node.put(KEY, NodePlan.profile("k1", "Ada"), Guarded.byKey("profile"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void s41ACallerWithAllItsCallsUnderWayIsRefusedAndAnotherIsNot() {
        List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> node.get(CHANGES + "?wait=20&from=profile.profile@0", Guarded.byKey("billing"))))
                .toList();
        await().atMost(SOON).until(() -> node.get(KEY, Guarded.byKey("billing")).statusCode() == 429);
        HttpResponse<String> refused = node.get(KEY, Guarded.byKey("billing"));
        assertThat(problem(refused)).isEqualTo("too-many-calls");
        assertThat(header(refused, "Retry-After")).isEqualTo("1");
        assertThat(node.put(KEY, NodePlan.profile("k1", "Bob"), Guarded.byKey("profile"))
                        .statusCode())
                .isEqualTo(200);
        waiting.forEach(each -> assertThat(each.join().body()).contains("Bob"));
        assertThat(node.get(KEY, Guarded.byKey("billing")).statusCode()).isEqualTo(200);
    }

    @Test
    void s32ACallerWithAllItsStreamsOpenGetsNoMoreUntilOneEnds() {
        String billing = "Authorization: Bearer " + Guarded.key("billing") + "\r\n";
        List<OpenStream> streams = new ArrayList<>();
        try {
            IntStream.range(0, 3).forEach(i -> streams.add(OpenStream.of(node, CHANGES, billing)));
            streams.forEach(stream -> stream.awaitText("Ada"));
            String[] fourth = {"Accept", "text/event-stream", "Authorization", "Bearer " + Guarded.key("billing")};
            assertThat(node.get(CHANGES, fourth).statusCode()).isEqualTo(429);
            try (OpenStream another =
                    OpenStream.of(node, CHANGES, "Authorization: Bearer " + Guarded.key("profile") + "\r\n")) {
                another.awaitText("Ada");
            }
            streams.getFirst().close();
            await().atMost(SOON)
                    .until(
                            () -> { // the node notices that nobody reads when it writes
                                node.put(KEY, NodePlan.profile("k1", "Ada"), Guarded.byKey("profile"));
                                return isOpened(billing);
                            });
        } finally {
            streams.forEach(OpenStream::close);
        }
    }

    private boolean isOpened(String headers) {
        try (OpenStream stream = OpenStream.of(node, CHANGES, headers)) {
            await().atMost(SOON).until(() -> stream.text().contains("\r\n\r\n"));
            return stream.text().startsWith("HTTP/1.1 200");
        }
    }
}
