package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.node.KeptConnection.Answer;
import dev.fairlead.node.KeptConnection.Sent;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer after which a connection ends says so; after any other, the next call on the connection is answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LastAnswerTest {
    private static final Sent NEXT = Sent.of("POST", "/leases/profile/quote?wait=0");
    private static final String KEY = "/items/profile/profile/";
    private static final byte[] VALUE = NodePlan.profile("k1", "Ada").getBytes(UTF_8);
    private static final int NO_PAUSE = 0;
    private static final int PAUSE_MILLIS = 20;

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    /** Calls that the server refuses before they come to a route, each in one of the places where it looks. */
    static Stream<Named<Sent>> refused() {
        return Stream.of(
                named(Sent.of("GET", KEY + "%00")),
                named(Sent.of("DELETE", KEY + "%zz")),
                named(Sent.of("POST", KEY + "%ff")),
                named(Sent.of("GET", KEY + "y".repeat(9_000))),
                named(Sent.of("GET", KEY + "k1", "X: " + "y".repeat(9_000))),
                named(Sent.of("GET", KEY + "k1", "Expect: a reply")),
                named(Sent.of("GET", KEY + "k1", "Content-Length: 1", "Content-Length: 2")),
                named(Sent.of("GET", KEY + "k1", "no colon")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whoeverIsRefusedByTheServerIsToldThatTheConnectionEnds(Sent refused) {
        try (KeptConnection connection = new KeptConnection(node.port())) {
            assertThat(connection.call(refused)).matches(Answer::isLast, "is the last");
            assertThat(connection.call(NEXT).status()).isEqualTo(200);
        }
    }

    /** Calls with bodies that are read, not read, and half read. */
    static Stream<Named<Sent>> withBodies() {
        String length = "Content-Length: " + VALUE.length;
        String json = "Content-Type: application/json";
        List<Sent> heads = List.of(
                Sent.of("PUT", KEY + "k1", json, length),
                Sent.of("PUT", KEY + "k1", length),
                Sent.of("PUT", KEY + "k1", json, length, "Content-Encoding: gzip"),
                Sent.of("PUT", KEY + "k1", json, length, "Expect: 100-continue"),
                Sent.of("PUT", KEY + "k1", json, length, "Host: example.org"),
                Sent.of("PUT", KEY + "k1", json, length, Caller.HEADER + ": billing"),
                Sent.of("GET", KEY + "k1", json, length, Caller.HEADER + ": nobody"),
                Sent.of("GET", KEY + "k1", length, "If-None-Match: *"),
                Sent.of("PUT", KEY + "%00", json, length),
                Sent.of("PATCH", KEY + "k1", length),
                Sent.of("POST", "/nothing", length),
                Sent.of("HEAD", "/", length));
        return heads.stream()
                .flatMap(head -> IntStream.of(NO_PAUSE, PAUSE_MILLIS).mapToObj(pause -> head.then(VALUE, pause)))
                .flatMap(whole -> Stream.of(whole, whole.cut(whole.length() - 1, whole.pauseMillis())))
                .map(LastAnswerTest::named);
    }

    @ParameterizedTest
    @MethodSource("withBodies")
    void theNextCallIsAnsweredWhereverABodyWasLeft(Sent call) {
        try (KeptConnection connection = new KeptConnection(node.port())) {
            connection.call(call);
            assertThat(connection.call(NEXT).status()).isEqualTo(200);
        }
    }

    private static Named<Sent> named(Sent call) {
        return Named.of(call.toString(), call);
    }
}
