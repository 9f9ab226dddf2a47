package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowReadersTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int READERS = 20;
    private static final String VALUE = "x".repeat(200_000);

    @Test
    void s31StreamsThatNobodyReadsHoldNobodyUpAndAreClosed(@TempDir Path folder) throws IOException {
        NodeTimes times = new NodeTimes(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(20));
        List<Socket> readers = new ArrayList<>();
        try (RunningNode node = RunningNode.in(folder, times)) {
            for (int i = 0; i < READERS; i++) {
                readers.add(reader(node));
            }
            await().atMost(SOON).until(() -> streams(node) == READERS);
            writeUntilNobodyFollows(node);
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    /** Of HTTP/2, where all of them come over one connection; the client takes some megabytes before it is full. */
    @Test
    void s31StreamsOfOneConnectionThatNobodyReadsAreClosed(@TempDir Path folder) {
        NodeTimes times = new NodeTimes(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(20));
        try (RunningNode node = RunningNode.in(folder, times);
                HttpClient client = HttpClient.newHttpClient()) {
            URI root = URI.create("http://localhost:" + node.port());
            HttpRequest first = HttpRequest.newBuilder(root.resolve("/livez")).build();
            client.sendAsync(first, BodyHandlers.discarding()).join();
            HttpRequest follow = HttpRequest.newBuilder(root.resolve("/changes/profile/profile"))
                    .header("Accept", "text/event-stream")
                    .build();
            for (int i = 0; i < READERS; i++) {
                HttpResponse<?> stream =
                        client.sendAsync(follow, BodyHandlers.ofInputStream()).join();
                assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
            }
            await().atMost(SOON).until(() -> streams(node) == READERS);
            writeUntilNobodyFollows(node);
            client.shutdownNow();
        }
    }

    private static void writeUntilNobodyFollows(RunningNode node) {
        await().atMost(SOON).until(() -> {
            assertThat(node.put("/items/profile/profile/k1", NodePlan.profile("k1", VALUE))
                            .statusCode())
                    .isLessThan(300);
            return streams(node) == 0;
        });
    }

    /** One that asks for a stream, and never reads it. */
    private static Socket reader(RunningNode node) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port()));
        socket.getOutputStream()
                .write(("GET /changes/profile/profile HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static int streams(RunningNode node) {
        return node.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("fairlead_node_streams "))
                .map(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
