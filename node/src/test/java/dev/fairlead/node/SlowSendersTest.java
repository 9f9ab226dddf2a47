package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who sends letter by letter does not keep a place for good. */
@Timeout(120)
class SlowSendersTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final int MOST_SOCKETS = 2_000;
    private static final int OTHER_FILES = 1_000;
    private static final String VALUE = NodePlan.profile("k1", "Ada");
    private static final String PUT =
            "PUT /items/profile/profile/k1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + VALUE.length() + "\r\n\r\n" + VALUE;
    private static final String HEAD = "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Long: ";

    @TempDir
    Path folder;

    private RunningNode node(Duration heartbeat) {
        return RunningNode.in(folder, new NodeTimes(heartbeat, SILENCE, Duration.ofSeconds(20)));
    }

    /** Each sends a letter of its headers far more often than connections have to say something. */
    @Test
    void s31TwoThousandWhoSendHeadersLetterByLetterAreDroppedAndOthersAreServedMeanwhile() throws IOException {
        List<SocketChannel> sockets = new ArrayList<>();
        try (RunningNode node = node(Duration.ofSeconds(5))) {
            for (int i = 0; i < sockets(); i++) {
                SocketChannel socket =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port()));
                sockets.add(socket);
                socket.write(ByteBuffer.wrap(HEAD.getBytes(ISO_8859_1)));
                socket.configureBlocking(false);
            }
            await().atMost(SOON).pollInterval(SILENCE.dividedBy(20)).until(() -> {
                assertThat(RawCall.to(node, PUT).status()).isIn(200, 201);
                return sockets.stream().noneMatch(SlowSendersTest::takesALetter);
            });
        } finally {
            for (SocketChannel socket : sockets) {
                socket.close();
            }
        }
    }

    /** Both ends of each are files of this process, of which some machines allow few. */
    private static int sockets() {
        long files = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        return (int) Math.min(MOST_SOCKETS, (files - OTHER_FILES) / 2);
    }

    private static boolean takesALetter(SocketChannel socket) {
        try {
            socket.write(ByteBuffer.wrap(new byte[] {'x'}));
            return socket.read(ByteBuffer.allocate(1)) == 0;
        } catch (IOException ended) {
            return false;
        }
    }

    @Test
    void s31ABodyThatComesLetterByLetterIsRefused() throws IOException {
        try (RunningNode node = node(Duration.ofSeconds(5));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            String call =
                    "PUT /items/profile/profile/k1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100000\r\n\r\n";
            socket.getOutputStream().write(call.getBytes(ISO_8859_1));
            InputStream answer = socket.getInputStream();
            await().atMost(SOON).pollInterval(SILENCE.dividedBy(20)).until(() -> {
                if (answer.available() == 0) {
                    socket.getOutputStream().write(' ');
                }
                return answer.available() > 0;
            });

            List<String> head = new BufferedReader(new InputStreamReader(answer, ISO_8859_1))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
            assertThat(head).contains("Connection: close").first().asString().startsWith("HTTP/1.1 408");
        }
    }

    /** A stream is one call, that is under way. */
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whoIsServedForLongerStays(HttpClient.Version version) throws Exception {
        try (RunningNode node = node(SILENCE.dividedBy(10));
                HttpClient client = HttpClient.newBuilder().version(version).build()) {
            assertStays(client, "http://localhost:" + node.port(), version);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whoIsServedForLongerOverTlsStays(HttpClient.Version version) throws Exception {
        Guarded guarded = Guarded.in(folder);
        SSLContext profile = guarded.certificates().client("the-profile");
        NodeTimes times = new NodeTimes(SILENCE.dividedBy(10), SILENCE, Duration.ofSeconds(20));
        try (RunningNode node = RunningNode.guarded(folder, guarded.file(), profile, times);
                HttpClient client = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(profile)
                        .build()) {
            assertStays(client, "https://localhost:" + node.port(), version);
        }
    }

    private static void assertStays(HttpClient client, String node, HttpClient.Version version) throws Exception {
        HttpRequest follow = HttpRequest.newBuilder(URI.create(node + "/changes/profile/profile"))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> stream = client.send(follow, BodyHandlers.ofInputStream());
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), ISO_8859_1));
        long until = System.nanoTime() + SILENCE.multipliedBy(2).toNanos();
        String last = "";
        while (last != null && System.nanoTime() < until) {
            last = lines.readLine();
        }

        assertThat(last).as("what came last of the stream").isNotNull();
        assertThat(stream.version()).isEqualTo(version);
        stream.body().close();
    }

    /** Patience begins anew with each call. */
    @Test
    void whoCallsAgainAndAgainKeepsItsConnection() throws IOException {
        try (RunningNode node = node(Duration.ofSeconds(5));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            long until = System.nanoTime() + SILENCE.multipliedBy(2).toNanos();
            while (System.nanoTime() < until) {
                socket.getOutputStream().write("HEAD /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
                assertThat(answers.lines().takeWhile(line -> !line.isEmpty()).toList())
                        .first()
                        .asString()
                        .startsWith("HTTP/1.1 200");
            }
        }
    }
}
