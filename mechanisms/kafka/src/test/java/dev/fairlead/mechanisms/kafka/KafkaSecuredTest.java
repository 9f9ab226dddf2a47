package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that wants certificates from both sides and a password. */
class KafkaSecuredTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ServerProcess server = RealServer.KAFKA_SECURED.killable();
    private final StringBuffer logged = new StringBuffer();
    private final Handler listening = new Listening();
    private final Logger root = Logger.getLogger("");

    @TempDir
    Path folder;

    private final class Listening extends Handler {
        private final Formatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            logged.append(formatter.format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        listening.setLevel(Level.ALL);
        root.addHandler(listening);
        root.setLevel(Level.FINE);
    }

    @AfterEach
    void leave() {
        root.setLevel(Level.INFO);
        root.removeHandler(listening);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.put("timeout", "30s");
        settings.put("start-wait", "30s");
        return settings;
    }

    @Test
    void aLogIsWrittenAndReadOverTlsWithAPassword() throws Exception {
        try (KafkaMechanism mechanism = KafkaMechanism.open(Kafka.opening(settings()))) {
            mechanism.define(new LogDefinition("a.b", new Retention.KeepAll(), Durability.D1));
            LogWriter writer = mechanism.claim("a.b", "test");
            writer.append(0, List.of(new LogEntry("k".getBytes(UTF_8), new byte[0], "secret".getBytes(UTF_8))))
                    .get(1, TimeUnit.MINUTES);
            try (LogReader reader = mechanism.read("a.b", 0, 0)) {
                assertThat(Kafka.next(reader, PATIENCE)).isEqualTo("secret");
            }
        }
        assertThat(logged).as("what is listened to").isNotEmpty();
        showsNoSecret(logged.toString());
    }

    @Test
    void aWrongPasswordIsRefusedAndNotShown() throws Exception {
        Map<String, String> wrong = settings();
        Path login = folder.resolve("login");
        Files.writeString(
                login, Files.readString(server.folder().resolve("login")).replace(password(), "wrong-" + password()));
        wrong.put("sasl.jaas.config-file", login.toString());
        refused(ErrorCode.STORAGE_ACCESS, () -> KafkaMechanism.open(Kafka.opening(wrong)));
        showsNoSecret(logged.toString());
    }

    @Test
    void aServerThatIsNotTrustedIsNotUsed() {
        Map<String, String> wrong = settings();
        wrong.put(
                "ssl.truststore.location",
                server.folder().resolve("server-trusts.p12").toString());
        refused(ErrorCode.STORAGE_ACCESS, () -> KafkaMechanism.open(Kafka.opening(wrong)));
    }

    @Test
    void aWrongPasswordOfAKeyStoreIsSaidAndNotShown() throws Exception {
        Map<String, String> wrong = settings();
        Path canary = folder.resolve("password");
        Files.writeString(canary, "canary-" + password());
        wrong.put("ssl.keystore.password-file", canary.toString());
        refused(ErrorCode.PLAN, () -> KafkaMechanism.open(Kafka.opening(wrong)));
    }

    private void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FairleadException.class, failure -> {
            StringWriter all = new StringWriter();
            failure.printStackTrace(new PrintWriter(all, true));
            assertThat(failure.code()).as(all.toString()).isEqualTo(code);
            showsNoSecret(all.toString());
        });
    }

    private String password() throws IOException {
        return Files.readString(server.folder().resolve("user-password"));
    }

    private void showsNoSecret(String text) {
        try {
            assertThat(text).doesNotContain(password());
            assertThat(text).doesNotContain(Files.readString(server.folder().resolve("store-password")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
