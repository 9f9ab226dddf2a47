package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.process.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts that know nothing of Fairlead follow a feed, and go on where they were after a kill -9 of the node: nothing is missed, nothing comes twice. */
@Tag("slow")
class StrangerScriptsTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"python3,follow.py", "node,follow.mjs"})
    void aScriptResumesAfterAKill(String program, String script) throws Exception {
        assumeTrue(isOnPath(program), () -> program + " is not on the path: " + script + " was not tried");
        NodePlan.in(folder);
        int port = freePort();
        Path output = folder.resolve("output");
        Process following = null;
        try {
            try (ChildJvm node = serve(port)) {
                put(port, 1);
                following = follow(program, script, port, output);
                awaitLines(output, 1);
                put(port, 2);
                awaitLines(output, 2);
                node.kill();
            }
            try (ChildJvm node = serve(port)) {
                put(port, 3);
                awaitLines(output, 3);
                put(port, 4);
                awaitLines(output, 4);
            }
            assertThat(lines(output)).containsExactly(line(1), line(2), line(3), line(4));
        } finally {
            if (following != null) {
                following.destroyForcibly().waitFor();
            }
        }
    }

    private ChildJvm serve(int port) {
        ChildJvm node = ChildJvm.of(ServingChild.class)
                .start(folder.toString(), String.valueOf(port))
                .awaitReady();
        assertThat(node.line()).isEqualTo(String.valueOf(port));
        await().atMost(SOON).until(() -> send(port, "/readyz", Optional.empty()).statusCode() == 200);
        return node;
    }

    private Process follow(String program, String script, int port, Path output) throws IOException {
        Path copy = folder.resolve(script);
        try (var source = StrangerScriptsTest.class.getResourceAsStream(script)) {
            Files.write(copy, source.readAllBytes());
        }
        return new ProcessBuilder(program, copy.toString(), address(port) + "/changes/profile/profile", "billing")
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitLines(Path output, int count) {
        await().atMost(SOON).until(() -> lines(output).size() >= count);
    }

    private static List<String> lines(Path output) throws IOException {
        return Files.exists(output) ? Files.readAllLines(output, UTF_8) : List.of();
    }

    private static String line(int number) {
        return "{\"key\":\"k%d\",\"version\":1,\"value\":{\"customerId\":\"k%d\",\"name\":\"Ada\"}}"
                .formatted(number, number);
    }

    private static void put(int port, int number) throws Exception {
        String key = "k" + number;
        assertThat(send(port, "/items/profile/profile/" + key, Optional.of(NodePlan.profile(key, "Ada")))
                        .statusCode())
                .isEqualTo(201);
    }

    private static HttpResponse<String> send(int port, String path, Optional<String> written)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address(port) + path)).timeout(SOON);
        written.ifPresent(body ->
                request.header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(body)));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String address(int port) {
        return "http://localhost:" + port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
