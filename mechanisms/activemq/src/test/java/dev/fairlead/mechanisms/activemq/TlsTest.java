package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is reached through encrypted connections, to which both sides show who they are. */
@SuppressWarnings("NullAway.Init") // The test opens it.
class TlsTest {
    private SSLServerSocket way;

    @TempDir
    Path folder;

    @AfterEach
    void end() throws IOException {
        way.close();
    }

    @Test
    void connectionsAreEncryptedAndBothSidesShowWhoTheyAre() throws Exception {
        SelfSigned server = SelfSigned.make(folder, "server", "IP:127.0.0.1");
        open(server, SelfSigned.make(folder, "client", "DNS:client"));
        String prefix = ActivemqUnderTest.newPrefix();
        Map<String, String> trusting =
                Map.of("url", "amqps://127.0.0.1:" + way.getLocalPort(), "tls-ca", "server.pem", "prefix", prefix);
        Map<String, String> mutual = new HashMap<>(trusting);
        mutual.putAll(Map.of("tls-certificate", "client.pem", "tls-key", "client.key"));
        try (ActivemqMechanism mechanism = open(mutual, "30s")) {
            Activemq.define(mechanism);
            Activemq.send(mechanism, "a");
            assertThat(Activemq.text(
                            Activemq.next(mechanism.receive(Activemq.QUEUE, Activemq.LEASE), Duration.ofMinutes(1))))
                    .isEqualTo("a");
        }
        refused(trusting);
        Map<String, String> stranger = new HashMap<>(mutual);
        stranger.put("tls-ca", "client.pem");
        refused(stranger);
        Map<String, String> elsewhere = new HashMap<>(mutual);
        elsewhere.put("url", "amqps://localhost:" + way.getLocalPort());
        refused(elsewhere);
    }

    private ActivemqMechanism open(Map<String, String> settings, String timeout) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("timeout", timeout);
        all.put("start-wait", timeout);
        return ActivemqMechanism.open(new MechanismOpening(all, folder, TimeSource.SYSTEM));
    }

    private void refused(Map<String, String> settings) {
        assertThatThrownBy(() -> open(settings, "2s"))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE));
    }

    /** What comes in encrypted, of those who show the client's certificate, goes on to the broker. */
    private void open(SelfSigned server, SelfSigned client) throws Exception {
        int broker =
                URI.create(RealServer.ARTEMIS.shared().getOrDefault("url", "")).getPort();
        way = (SSLServerSocket) server.trusting(client)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        way.setNeedClientAuth(true);
        Thread.ofVirtual().start(() -> {
            while (!way.isClosed()) {
                try {
                    Socket come = way.accept();
                    Socket on = new Socket("127.0.0.1", broker);
                    Thread.ofVirtual().start(() -> copy(come, on));
                    Thread.ofVirtual().start(() -> copy(on, come));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[8192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
                out.flush();
            }
        } catch (IOException broken) {
            // The other direction ends with it.
        }
    }
}
