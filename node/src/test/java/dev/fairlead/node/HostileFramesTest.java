package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What no friend sends to the routes below {@code /mechanism}, whose messages are bytes; the numbers are those of docs/security.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFramesTest {
    private static final Pattern ACT = Pattern.compile("(?m)^POST +(/mechanism/\\S*)");
    private static final Pattern SPACE = Pattern.compile("[a-z][a-z0-9_-]{0,29}");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LONG_ENOUGH = 40;
    private static final int RANDOM_BODIES = 60;
    private static final int RANDOM_NAMES = 2_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(17);
    private RunningNode node;
    private Path place;

    @BeforeAll
    void start(@TempDir Path folder) {
        place = folder;
        node = RunningNode.in(folder);
    }

    @AfterAll
    void stop() {
        node.close();
        client.close();
    }

    private HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofByteArray(body));
        try {
            return client.send(request.headers(headers).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static byte[] numbers(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(LONG_ENOUGH * Integer.BYTES);
        while (bytes.hasRemaining()) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    /** Begins as a message does that names an address of one letter, or a number, and goes on with a length. */
    private static byte[] behind(int begin, int number) {
        return ByteBuffer.allocate(5 + 4 * Integer.BYTES)
                .putInt(begin)
                .put((byte) 'a')
                .putInt(number)
                .putInt(number)
                .putInt(number)
                .array();
    }

    private byte[] anything() {
        byte[] bytes = new byte[random.nextInt(4 * LONG_ENOUGH)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) { // small numbers are lengths and counts that may be believed
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (at % 4 == 3 ? random.nextInt(4) : 0);
            }
        }
        return bytes;
    }

    private Stream<byte[]> bodies() {
        Stream<byte[]> lengths = Stream.of(Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1_000_000_000)
                .flatMap(number -> Stream.of(numbers(number), behind(1, number), behind(0, number)));
        return Stream.concat(lengths, Stream.generate(this::anything).limit(RANDOM_BODIES));
    }

    @Test
    void s17NoLengthIsBelievedInAMessageOfBytes() {
        List<String> acts = ACT.matcher(node.get("/").body())
                .results()
                .map(route -> route.group(1).replace("{log}", "profile.profile").replace("{queue}", "profile.welcome"))
                .toList();
        assertThat(acts).hasSizeGreaterThan(20);
        for (String act : acts) {
            bodies().forEach(body -> {
                HttpResponse<String> answer = send("POST", act, body, "Fairlead-Opening", "hostile");
                assertThat(answer.statusCode())
                        .as("%s with %s: %s", act, HexFormat.of().formatHex(body), answer.body())
                        .isNotIn(500, 413)
                        .isBetween(200, 503);
            });
        }
        assertThat(node.put("/items/profile/level/17", "{\"number\":17,\"amount\":1}")
                        .statusCode())
                .as("the node lives")
                .isEqualTo(201);
    }

    private String anyName() {
        return random.ints(1 + random.nextInt(40), ' ', 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    @Test
    void s24ASpaceIsAFolderOfItsOwnAndOfNoOtherName() throws IOException {
        Stream<String> known = Stream.of(
                "..",
                ".",
                "../plan",
                "../../etc",
                "/etc",
                "C:\\x",
                "CON",
                "a/b",
                "a\\b",
                "a%2f..",
                "~",
                "a".repeat(31),
                "a".repeat(300),
                "é",
                "a b",
                "-a",
                "_a",
                "");
        List<String> names = Stream.concat(known, Stream.generate(this::anyName).limit(RANDOM_NAMES))
                .filter(name -> !SPACE.matcher(name).matches())
                .toList();
        List<Path> before = folders();
        for (String name : names) {
            String path = "/mechanism/spaces/" + PathSegments.encoded(name);
            assertThat(send("DELETE", path, new byte[0], "X-None", "0").statusCode())
                    .as(path)
                    .isIn(400, 404, 405);
            if (name.chars().allMatch(each -> each > ' ' && each < 127) && !name.isEmpty()) {
                assertThat(send("GET", "/mechanism", new byte[0], "Fairlead-Opening", "hostile", "Fairlead-Space", name)
                                .statusCode())
                        .as(name)
                        .isEqualTo(400);
            }
        }
        assertThat(folders()).isEqualTo(before);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }
}
