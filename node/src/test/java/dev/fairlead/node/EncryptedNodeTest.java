package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.node.identity.Authority;
import dev.fairlead.testkit.LoggedLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with TLS, whose callers prove who they are by certificates. */
class EncryptedNodeTest {
    private static final String KEY = "/items/profile/profile/k1";
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Authority authority;
    private Guarded guarded;
    private RunningNode node;

    @BeforeEach
    void start() {
        guarded = Guarded.in(folder);
        authority = guarded.certificates();
        node = RunningNode.guarded(folder, guarded.file(), authority.client(null));
        assertThat(as("the-profile").put(KEY, NodePlan.profile("k1", "Ada")).statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private RunningNode as(String who) {
        return node.with(authority.client(who));
    }

    private String audit() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data/audit"))) {
            return Files.readString(files.sorted().findFirst().orElseThrow());
        }
    }

    @Test
    void aCertificateProvesWhoCalls() {
        assertThat(as("the-profile").get(KEY).body()).contains("ada@example.org");
        assertThat(as("shipping-host").get(KEY).statusCode()).isEqualTo(403);
        assertThat(node.get(KEY).statusCode()).isEqualTo(401);
        assertThat(node.get(KEY, Guarded.byKey("billing")).statusCode()).isEqualTo(200);
        HttpResponse<String> wrongKey = as("the-profile").get(KEY, Guarded.byKey("nobody"));
        assertThat(wrongKey.statusCode()).as("a wrong key is not passed over").isEqualTo(401);
    }

    @Test
    void s4ACertificateThatDoesNotHoldIsRefusedInTheHandshakeAndThatIsNoted() throws Exception {
        authority.certify("past", "spiffe://shop/profile", Instant.now().minusSeconds(60));
        refused(authority.client("past"));
        Authority other = new Authority(folder, "other");
        other.certify("theirs", "spiffe://shop/profile", Instant.now().plusSeconds(600));
        refused(authority.client(other, "theirs"));
        await().atMost(SOON).until(() -> audit().contains("\"what\":\"handshake\""));
    }

    private void refused(SSLContext client) {
        assertThatThrownBy(() -> node.with(client).get(KEY)).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void s4ACertificateWithAnotherNameIsNobodys() {
        Instant later = Instant.now().plusSeconds(600);
        authority.certify("other-uri", "spiffe://shop/profile/x", later);
        authority.certify("spiffe://shop/profile", "", later);
        authority.certify("shipping-host", "spiffe://shop/another", later);
        assertThat(as("other-uri").get(KEY).statusCode()).isEqualTo(401);
        assertThat(as("spiffe://shop/profile").get(KEY).statusCode())
                .as("a common name is no URI")
                .isEqualTo(401);
        assertThat(as("shipping-host").get(KEY).statusCode())
                .as("where there are alternative names the common name says nothing")
                .isEqualTo(401);
    }

    @Test
    void s4AndS7ARevokedCertificateEndsItsStreamsAndConnectsNoMore() throws IOException {
        SSLContext client = authority.client("the-profile");
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.getOutputStream()
                    .write(("GET /changes/profile/profile HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Accept: text/event-stream\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            authority.revoke("the-profile");
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all).contains("event: unauthenticated");
        }
        refused(authority.client("the-profile"));
        assertThat(as("shipping-host").get("/events/profile/sale").statusCode()).isEqualTo(200);
    }

    @Test
    void s4PlainTextIsNotAnswered() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            byte[] said = socket.getInputStream().readAllBytes();
            assertThat(new String(said, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/");
        }
    }

    @Test
    void s39AKeyThatOthersMayReadIsWarnedOf() throws IOException {
        node.close();
        try (var logged = LoggedLines.open();
                RunningNode again = RunningNode.guarded(folder, guarded.file(), authority.client(null))) {
            assertThat(again.get("/livez").statusCode()).isEqualTo(200);
            assertThat(logged.lines()).anyMatch(line -> line.contains("may read the key") && line.contains("node.key"));
        }
    }
}
