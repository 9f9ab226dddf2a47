package dev.fairlead.node;

import static dev.fairlead.node.Guarded.bearer;
import static dev.fairlead.node.Guarded.byKey;
import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.FairleadException;
import dev.fairlead.node.identity.Issuer;
import dev.fairlead.testkit.LoggedLines;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose callers prove who they are by keys and tokens. */
class ProofTest {
    private static final String KEY = "/items/profile/profile/k1";
    private static final String CHANGES = "/changes/profile/profile";
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Guarded guarded;
    private RunningNode node;

    @BeforeEach
    void start() {
        guarded = Guarded.in(folder);
        node = RunningNode.guarded(folder, guarded.file());
        assertThat(node.put(KEY, NodePlan.profile("k1", "Ada"), byKey("profile"))
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private String audit() {
        return Guarded.audit(folder);
    }

    @Test
    void s1WithoutProofEveryPathAndMethodSaysTheSame() {
        HttpResponse<String> first = node.get(KEY);
        assertThat(first.statusCode()).isEqualTo(401);
        assertThat(header(first, "WWW-Authenticate")).isEqualTo("Bearer");
        for (String path : List.of("/", "/items/profile/nothing/k", "/nothing", "/problems/stale", "/metrics")) {
            for (String method : List.of("GET", "PUT", "DELETE", "POST", "TRACE2")) {
                HttpResponse<String> refused = node.send(method, path, null, Caller.HEADER, "profile");
                assertThat(refused.statusCode()).as(method + " " + path).isEqualTo(401);
                assertThat(refused.body()).isEqualTo(first.body());
            }
        }
        assertThat(node.get("/livez").statusCode()).isEqualTo(200);
        assertThat(node.get("/readyz").body()).isEqualTo("{\"ready\":true,\"copies\":[]}");
        assertThat(node.get("/readyz", byKey("shipping")).body()).contains("profile.profile");
    }

    @Test
    void s1WhatProvesNothingIsRefusedOnEveryRoute() {
        List<String> shown = List.of(
                "Bearer " + Guarded.key("nobody"),
                "Bearer",
                "Bearer ",
                "Basic cHJvZmlsZTpwcm9maWxl",
                Guarded.key("profile"),
                "Bearer " + Guarded.hash(Guarded.key("profile")),
                "Bearer " + Guarded.key("profile") + " " + Guarded.key("profile"),
                "Bearer " + guarded.issuer().token("another-client"),
                "Bearer " + new Issuer().token(Guarded.BILLING_CLIENT));
        for (String authorization : shown) {
            for (String path : List.of(KEY, "/livez")) {
                assertThat(node.get(path, "Authorization", authorization).statusCode())
                        .as(authorization)
                        .isEqualTo(401);
            }
        }
        assertThat(RawCall.to(
                                node,
                                "GET " + KEY + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + Guarded.key("profile") + "\r\nAuthorization: Bearer x\r\n\r\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theOperatorAloneMayCallAsAnother() {
        assertThat(node.get(KEY, "Authorization", "Bearer " + Guarded.key("operator"), Caller.HEADER, "billing")
                        .body())
                .contains("Ada")
                .doesNotContain("example.org");
        assertThat(problem(
                        node.get(KEY, "Authorization", "Bearer " + Guarded.key("shipping"), Caller.HEADER, "profile")))
                .isEqualTo("not-declared");
        assertThat(problem(node.get(KEY, "Authorization", "Bearer " + Guarded.key("profile"), "Origin", "https://a.b")))
                .isEqualTo("foreign-origin");
    }

    @Test
    void s7WhoeverIsTakenOutOfTheAccessFileHearsNothingMore() {
        String bearer = "Connection: close\r\nAuthorization: Bearer ";
        try (OpenStream withdrawn = OpenStream.of(node, CHANGES, bearer + Guarded.key("billing") + "\r\n");
                OpenStream kept =
                        OpenStream.of(node, CHANGES, bearer + guarded.issuer().token("billing-client") + "\r\n")) {
            withdrawn.awaitText("Ada");
            kept.awaitText("Ada");
            CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(
                    () -> node.get(CHANGES + "?wait=20&from=profile.profile@0", byKey("billing")));
            guarded.replace(Guarded.hash(Guarded.key("billing")), Guarded.hash("another key"));
            withdrawn.awaitEnd();
            assertThat(withdrawn.text()).contains("event: unauthenticated");
            assertThat(waiting.join().statusCode()).isEqualTo(401);
            node.put(KEY, NodePlan.profile("k1", "Bob"), byKey("profile"));
            kept.awaitText("Bob");
            assertThat(withdrawn.text()).doesNotContain("Bob");
            assertThat(node.get(KEY, byKey("billing")).statusCode()).isEqualTo(401);
            await().atMost(SOON).until(() -> audit().contains("access file taken"));
        }
    }

    /** Of the thirty seconds by which clocks may differ ten are left: a busy machine needs some to open the stream. */
    @Test
    void s7AStreamEndsWithItsToken() {
        String token = guarded.issuer().token("billing-client", Instant.now().minusSeconds(20));
        try (OpenStream stream =
                OpenStream.of(node, CHANGES, "Connection: close\r\nAuthorization: Bearer " + token + "\r\n")) {
            stream.awaitText("Ada");
            stream.awaitEnd();
            assertThat(stream.text()).contains("event: unauthenticated");
        }
        assertThat(node.get(KEY, bearer(token)).statusCode()).isEqualTo(401);
    }

    @Test
    void aFaultyAccessFileIsNotTakenAndWhatItSaidBeforeHolds() {
        guarded.replace("operator:", "operater:");
        await().atMost(SOON).until(() -> audit().contains("access file refused"));

        assertThat(node.get(KEY, byKey("billing")).statusCode()).isEqualTo(200);
        assertThat(node.get(KEY, byKey("nobody")).statusCode()).isEqualTo(401);
        guarded.say("limits: { rate: 1/s }\n");
        await().atMost(SOON).until(() -> node.get(KEY, byKey("billing")).statusCode() == 429);
    }

    @Test
    void s10WhoeverTriesManyKeysIsSlowedDownAndNobodyElse() {
        assertThat(node.get(KEY, byKey("billing")).statusCode()).isEqualTo(200);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            statuses.add(node.get(KEY, byKey("guess" + i)).statusCode());
        }
        assertThat(statuses.subList(0, 10)).containsOnly(401);
        assertThat(statuses).contains(429);
        assertThat(node.get(KEY, byKey("billing")).statusCode()).isEqualTo(200);
        assertThat(audit().lines().filter(line -> line.contains("unauthenticated")))
                .hasSizeLessThan(30);
    }

    @Test
    void s42DenialsAndWhatTheOperatorDoesAreNotedWithoutKeysAndValues() {
        node.get("/items/profile/profile/secret%0Akey", byKey("shipping"));
        node.get(KEY, byKey("shipping"));
        node.put(KEY, NodePlan.profile("k1", "Eve"), byKey("billing"));
        node.put(KEY, NodePlan.profile("k1", "Eve"), byKey("operator"));
        node.get(KEY, byKey("nobody"));

        String audit = audit();
        assertThat(audit)
                .contains(
                        "\"act\":\"denied\",\"caller\":\"shipping\",\"from\":\"127.0.0.1\",\"what\":\"GET"
                                + " /items/{owner}/{item}/{key}\",\"item\":\"profile.profile\",\"why\":\"not-declared\"",
                        "\"caller\":\"billing\",\"from\":\"127.0.0.1\",\"what\":\"PUT",
                        "\"act\":\"administration\",\"caller\":\"(operator)\",\"from\":\"127.0.0.1\",\"what\":\"PUT",
                        "\"why\":\"unauthenticated\"")
                .doesNotContain("k1", "Eve", "secret", "canary");
    }

    @Test
    void s35WhatTheNodeMeasuresIsForTheOperatorAndNamesNoKeys() {
        node.get(KEY, byKey("nobody"));
        assertThat(problem(node.get("/metrics", byKey("billing")))).isEqualTo("not-operator");
        assertThat(node.get("/metrics", byKey("operator")).body())
                .contains(
                        "fairlead_node_calls_seconds_count{route=\"PUT /items/{owner}/{item}/{key}\",status=\"2xx\"} 1",
                        "fairlead_node_denied_total{why=\"unauthenticated\"} 1.0",
                        "fairlead_node_copy_live{item=\"profile.profile\"} 1.0",
                        "fairlead_node_access_refused 0.0",
                        "fairlead_node_streams 0.0")
                .doesNotContain("k1");
    }

    @Test
    void s38WhatCallersShowIsFoundNowhere() throws IOException {
        try (LoggedLines logged = LoggedLines.open()) {
            String token = guarded.issuer().token("another-client");
            node.get(KEY, bearer(token));
            node.get(KEY, byKey("nobody"));
            node.get(KEY, byKey("billing"));
            node.get(KEY, "Authorization", "Basic canary-password-1");
            node.get(KEY, "Authorization", "Bearer canary.token.1");
            guarded.replace(Guarded.hash(Guarded.key("shipping")), Guarded.key("shipping"));
            await().atMost(SOON).until(() -> audit().contains("access file refused"));
            node.close();

            assertThat(String.join("\n", logged.lines()) + audit())
                    .contains("no SHA-256")
                    .doesNotContain("canary", token, token.substring(token.lastIndexOf('.')));
        }
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("canary");
            }
        }
    }

    @Test
    void s3AndS37ANodeThatCouldNotTellWhoCallsDoesNotStart() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Guarded there = Guarded.in(other);
        refused(there, "0.0.0.0", "without TLS");
        refusedAfter(there, "keys: keys.json", "keys: nowhere.json", "cannot be had");
        refusedAfter(there, "keys: keys.json", "keys: \"http://example.org/keys\"", "no https URL");
        refusedAfter(there, "issuer: \"" + Issuer.URL + "\",", "", "has no `issuer`");
        refusedAfter(there, "audience: " + Issuer.AUDIENCE + ",", "", "has no `audience`");
        refusedAfter(there, "tokens:", "tokenz:", "did you mean `tokens`?");
        refusedAfter(there, "keys.json }", "keys.json, algorithms: [ none ] }", "`algorithms` cannot be `none`");
        refusedAfter(there, "keys.json }", "keys.json, algorithms: [ HS256 ] }", "cannot be `HS256`");
        refusedAfter(there, "  shipping:", "  unknown:", "no service unknown");
        refusedAfter(there, Guarded.hash(Guarded.key("billing")), Guarded.hash(Guarded.key("profile")), "same entry");
        refusedAfter(there, "    subjects: [", "    certificates: [", "no `tls: { callers: … }`");
    }

    private static void refusedAfter(Guarded there, String text, String other, String told) {
        there.replace(text, other);
        refused(there, NodeSettings.HOST, told);
        there.say("");
    }

    private static void refused(Guarded there, String host, String told) {
        Path folder = Objects.requireNonNull(there.file().getParent());
        NodeSettings settings = NodeSettings.local(NodePlan.in(folder), folder.resolve("data"))
                .withHost(host)
                .withAccess(there.file());
        assertThatThrownBy(() -> Node.start(settings).close())
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining(told);
    }
}
