package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages whose end is in doubt, each with a call behind it that somebody may take for a call of its own: sent to the node, and to a proxy before it that reads HTTP with a parser of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String ITEM = "/items/profile/profile/";

    private RunningNode node;
    private Undertow proxy;
    private final Set<String> passed = ConcurrentHashMap.newKeySet();

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place);
        LoadBalancingProxyClient client =
                new LoadBalancingProxyClient().addHost(URI.create("http://localhost:" + node.port()));
        HttpHandler pass = ProxyHandler.builder()
                .setProxyClient(client)
                .setMaxConnectionRetries(0)
                .build();
        proxy = Undertow.builder()
                .addHttpListener(0, "localhost")
                .setIoThreads(1)
                .setHandler(exchange -> {
                    passed.add(exchange.getRequestPath());
                    pass.handleRequest(exchange);
                })
                .build();
        proxy.start();
    }

    @AfterAll
    void stop() {
        proxy.stop();
        node.close();
    }

    private static Stream<String> doubtful() {
        return DoubtfulMessages.all();
    }

    private static String message(String rest, String hidden) {
        String profile = NodePlan.profile(hidden, "Ada");
        return "PUT " + ITEM + "h1 HTTP/1.1\r\n" + HOST + JSON + rest + "PUT " + ITEM + hidden + " HTTP/1.1\r\n" + HOST
                + JSON + "Content-Length: " + profile.length() + "\r\n\r\n" + profile;
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void s30AMessageWhoseEndIsInDoubtIsRefusedAndTheConnectionClosed(String rest) {
        RawCall raw = RawCall.to(node, message(rest, "hidden"));

        assertThat(raw.status()).isIn(400, 501);
        assertThat(raw.answers()).as(raw.text()).isEqualTo(1);
        assertThat(node.get(ITEM + "hidden").statusCode()).isEqualTo(404);
    }

    /** What the proxy takes for a part of a body the node does not take for a call. */
    @Test
    void s30BehindAProxyNoCallIsDoneThatTheProxyHasNotSeen() {
        List<String> messages = doubtful().toList();
        for (int i = 0; i < messages.size(); i++) {
            RawCall.to(proxyPort(), message(messages.get(i), "behind" + i));
        }

        RawCall proper = RawCall.to(proxyPort(), message("Content-Length: 2\r\n\r\n{}", "proper"));

        assertThat(proper.answers()).as(proper.text()).isEqualTo(2);
        assertThat(node.get(ITEM + "proper").statusCode()).isEqualTo(200);
        for (int i = 0; i < messages.size(); i++) {
            String path = ITEM + "behind" + i;
            if (!passed.contains(path)) {
                assertThat(node.get(path).statusCode()).as(messages.get(i)).isEqualTo(404);
            }
        }
        assertThat(passed).as("how many messages the proxy refuses as well").hasSizeLessThan(messages.size() / 2);
    }

    private int proxyPort() {
        return ((InetSocketAddress) proxy.getListenerInfo().getFirst().getAddress()).getPort();
    }

    @Test
    void thereAreAtLeastSixty() {
        assertThat(DoubtfulMessages.all().distinct().count()).isGreaterThanOrEqualTo(60);
    }
}
