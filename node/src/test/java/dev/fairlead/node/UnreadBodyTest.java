package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.node.KeptConnection.Sent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is answered before his body is here sees the answer, and is told when the connection ends: another call on it would be lost. */
class UnreadBodyTest {
    @Test
    void theAnswerSaysThatTheConnectionEnds(@TempDir Path place) throws IOException {
        try (RunningNode node = RunningNode.in(place);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            String call = "PUT /items/profile/profile/k1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 10\r\n\r\n";
            socket.getOutputStream().write(call.getBytes(ISO_8859_1));

            List<String> head = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();

            assertThat(head).contains("Connection: close").first().asString().startsWith("HTTP/1.1 415");
        }
    }

    /** A connection that ended at once would take the answer with it: more is on its way than has been read. */
    @Test
    void whoeverIsRefusedForWhoHeIsSeesTheAnswerWhileHeSends(@TempDir Path place) {
        try (RunningNode node = RunningNode.in(place);
                KeptConnection connection = new KeptConnection(node.port())) {
            byte[] body = new byte[900_000];
            Sent refused = Sent.of(
                            "PUT",
                            "/items/profile/profile/k1",
                            "Content-Type: application/json",
                            "Content-Length: " + body.length,
                            Caller.HEADER + ": shipping")
                    .then(body, 0);
            for (int i = 0; i < 10; i++) {
                KeptConnection.Answer answer = connection.call(refused);
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.isLast()).isFalse();
            }
        }
    }
}
