package dev.fairlead.node;

import static java.net.http.HttpClient.Version.HTTP_1_1;
import static java.net.http.HttpClient.Version.HTTP_2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.node.identity.Authority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which protocol a connection speaks, and what many calls on one connection of HTTP/2 do to each other. */
class ProtocolsTest {
    private static final String KEY = "/items/profile/profile/k1";

    @TempDir
    Path folder;

    @Test
    void onThisMachineACallerChoosesTheProtocol() {
        try (RunningNode node = RunningNode.in(folder)) {
            assertThat(node.get("/livez").version()).isEqualTo(HTTP_2);
            assertThat(node.speaking(HTTP_1_1).get("/livez").version()).isEqualTo(HTTP_1_1);
        }
    }

    @Test
    void withTlsTheProtocolIsAgreedUpon() {
        Guarded guarded = Guarded.in(folder);
        Authority authority = guarded.certificates();
        try (RunningNode node = RunningNode.guarded(folder, guarded.file(), authority.client("the-profile"))) {
            assertThat(node.put(KEY, NodePlan.profile("k1", "Ada")).statusCode())
                    .isEqualTo(201);
            assertThat(node.get(KEY).version()).isEqualTo(HTTP_2);
        }
    }

    /** Behind a proxy that looks at each call of HTTP/1.1 a change to HTTP/2 in the open would hide all calls that follow. */
    @Test
    void whereCallersProveWhoTheyAreNothingChangesInTheOpen() {
        Guarded guarded = Guarded.in(folder);
        try (RunningNode node = RunningNode.guarded(folder, guarded.file())) {
            assertThat(node.get("/livez").version()).isEqualTo(HTTP_1_1);
            assertThat(node.get(KEY).statusCode()).isEqualTo(401);
        }
    }

    /** More wait than a connection takes at once, and others are answered on it meanwhile. */
    @Test
    void callsThatWaitHoldNoOtherUpOnTheirConnection() throws Exception {
        try (RunningNode node = RunningNode.in(folder);
                HttpClient client = HttpClient.newBuilder().version(HTTP_2).build()) {
            String root = "http://localhost:" + node.port();
            HttpRequest get =
                    HttpRequest.newBuilder(URI.create(root + "/livez")).build();
            assertThat(client.send(get, BodyHandlers.discarding()).version()).isEqualTo(HTTP_2);
            HttpRequest wait = HttpRequest.newBuilder(URI.create(root + "/changes/profile/profile?wait=20"))
                    .build();
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                waiting.add(client.sendAsync(wait, BodyHandlers.ofString()));
            }
            assertThat(client.send(get, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            node.put(KEY, NodePlan.profile("k1", "Ada"));

            for (CompletableFuture<HttpResponse<String>> each : waiting) {
                assertThat(each.get(1, TimeUnit.MINUTES).body()).contains("Ada");
            }
        }
    }

    /** The answer is there although nobody wants the body, and the calls that follow are answered too. */
    @Test
    void whoIsRefusedBeforeHisBodyIsHereCallsOnOnTheSameConnection() throws IOException, InterruptedException {
        try (RunningNode node = RunningNode.in(folder);
                HttpClient client = HttpClient.newBuilder().version(HTTP_2).build()) {
            URI uri = URI.create("http://localhost:" + node.port() + KEY);
            HttpRequest large = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofByteArray(new byte[2 << 20]))
                    .build();
            HttpRequest refused = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .header(Caller.HEADER, "shipping")
                    .PUT(BodyPublishers.ofByteArray(new byte[30_000]))
                    .build();
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(large, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(413);
                assertThat(client.send(refused, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(403);
                assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(404);
            }
        }
    }

    /** What HTTP/1.1 says in Host, HTTP/2 says otherwise; both are looked at. */
    @Test
    void anotherNameOfThisNodeIsRefusedInEitherProtocol() throws IOException, InterruptedException {
        try (RunningNode node = RunningNode.in(folder);
                HttpClient client = HttpClient.newHttpClient()) {
            URI loopback = URI.create("http://127.0.0.1:" + node.port() + "/livez");
            HttpResponse<String> upgraded =
                    client.send(HttpRequest.newBuilder(loopback).build(), BodyHandlers.ofString());
            assertThat(client.send(HttpRequest.newBuilder(loopback).build(), BodyHandlers.ofString())
                            .version())
                    .isEqualTo(HTTP_2);
            assertThat(upgraded.statusCode()).isEqualTo(200);
            assertThat(curl(
                            "--http2-prior-knowledge",
                            "--resolve",
                            "evil.example:" + node.port() + ":127.0.0.1",
                            "http://evil.example:" + node.port() + "/livez"))
                    .isEqualTo("2 403");
            assertThat(curl("--http2-prior-knowledge", "-H", "Host: evil.example", loopback.toString()))
                    .startsWith("2 4");
            assertThat(curl("--http1.1", "-H", "Host: evil.example", loopback.toString()))
                    .isEqualTo("1.1 403");
        }
    }

    /** The version and the status of the answer. */
    private static String curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_version} %{http_code}"));
        command.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(command).start();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        curl.waitFor();
        return said;
    }
}
