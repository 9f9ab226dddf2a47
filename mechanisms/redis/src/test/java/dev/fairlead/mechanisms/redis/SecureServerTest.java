package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.LoggedLines;
import dev.fairlead.testkit.SelfSigned;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Users, their rights, and encrypted connections. */
@ParameterizedClass
@EnumSource(names = {"REDIS", "VALKEY"})
class SecureServerTest {
    private static final String CANARY = "canary-7d1f";
    private static final String LOG = "shop.sale";
    private static final String QUEUE = "shop.parcel";

    private final ServerProcess server;

    @TempDir
    Path folder;

    SecureServerTest(RealServer kind) {
        server = kind.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private RedisMechanism open(Map<String, String> settings) {
        return RedisMechanism.open(opening(settings));
    }

    private MechanismOpening opening(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(server.settings());
        all.putAll(settings);
        return new MechanismOpening(all, folder, TimeSource.SYSTEM);
    }

    private Map<String, String> shop() throws Exception {
        Files.writeString(folder.resolve("secret"), CANARY);
        return Map.of("user", "shop", "password-file", "secret");
    }

    /** The rights are those of the mechanism's page. */
    private void allow(String... fewer) {
        List<String> rights = new ArrayList<>(List.of(
                "SETUSER",
                "shop",
                "reset",
                "on",
                ">" + CANARY,
                "~fairlead:*",
                "&fairlead:*",
                "+@all",
                "-@admin",
                "-@dangerous",
                "+info",
                "+config|get"));
        rights.addAll(List.of(fewer));
        Redis.command(server, "ACL", rights.toArray(String[]::new));
    }

    private static void work(RedisMechanism mechanism) throws Exception {
        mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2));
        LogWriter writer = mechanism.claim(LOG, "test");
        Redis.append(writer, "first");
        Redis.append(writer, "second");
        writer.erase(0, "k".getBytes(UTF_8), 1);
        mechanism.applyRetention(LOG);
        try (LogReader reader = mechanism.read(LOG, 0, 1)) {
            assertThat(Redis.values(reader, 2)).containsExactly("second");
        }
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        Question message = new Question(new byte[0], "a".getBytes(UTF_8));
        Redis.result(mechanism.send(QUEUE, message));
        Redis.result(mechanism
                .receive(QUEUE, Duration.ofMinutes(1))
                .poll(1, Redis.PATIENCE)
                .getFirst()
                .acknowledge());
        assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
        mechanism.answer("shop.price", 1, question -> new Answer.Given(new byte[0], question.payload()));
        assertThat(mechanism.ask("shop.price", message, Redis.PATIENCE).get()).isInstanceOf(Answer.Given.class);
    }

    @Test
    void aUserWithTheRightsOfThePageCanDoEverything() throws Exception {
        allow();
        try (RedisMechanism mechanism = open(shop())) {
            assertThat(mechanism.durability()).isEqualTo(Durability.D2);
            work(mechanism);
        }
        new RedisProvider().remove(opening(shop()));
        assertThat((Long) Redis.command(server, "DBSIZE")).isZero();
    }

    @Test
    void aUserWithFewerRightsIsToldWhatIsMissing() throws Exception {
        allow("-config|get");
        try (RedisMechanism mechanism = open(shop())) {
            assertThat(mechanism.durability()).isEqualTo(Durability.D0);
            assertThat(mechanism.weakened()).singleElement().asString().contains("+config|get");
        }
        for (String right : List.of("xadd", "hset", "zadd", "publish", "rename", "evalsha", "info")) {
            allow("-" + right);
            Redis.fails(ErrorCode.STORAGE_ACCESS, "the page of the mechanism", () -> open(shop()));
        }
    }

    @Test
    void aRefusedPasswordIsInNoMessageAndNoLog() throws Exception {
        Redis.command(server, "ACL", "SETUSER", "shop", "on", ">another");
        Map<String, String> settings = shop();
        try (LoggedLines logs = LoggedLines.open()) {
            assertThatThrownBy(() -> open(settings)).isInstanceOfSatisfying(FairleadException.class, failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_ACCESS);
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).contains("WRONGPASS").doesNotContain(CANARY);
            });
            assertThat(String.join("\n", logs.lines())).doesNotContain(CANARY);
        }
    }

    @Test
    void connectionsAreEncryptedAndBothSidesShowWhoTheyAre() throws Exception {
        int port = startTls();
        Map<String, String> trusting = Map.of("url", "rediss://127.0.0.1:" + port, "tls-ca", "server.pem");
        Map<String, String> mutual = new HashMap<>(trusting);
        mutual.putAll(Map.of("tls-certificate", "client.pem", "tls-key", "client.key"));
        try (RedisMechanism mechanism = open(mutual)) {
            work(mechanism);
        }
        unreachable("127.0.0.1:" + port, trusting);
        Map<String, String> stranger = new HashMap<>(mutual);
        stranger.put("tls-ca", "client.pem");
        unreachable("127.0.0.1:" + port, stranger);
        Map<String, String> elsewhere = new HashMap<>(mutual);
        elsewhere.put("url", "rediss://localhost:" + port);
        unreachable("localhost", elsewhere);
        unreachable("127.0.0.1", Map.of("url", "redis://127.0.0.1:" + port, "timeout", "500ms"));
    }

    private void unreachable(String part, Map<String, String> settings) {
        Map<String, String> impatient = new HashMap<>(settings);
        impatient.put("start-wait", "2s");
        Redis.fails(ErrorCode.UNREACHABLE, part, () -> open(impatient));
    }

    /** Lets the server take encrypted connections too, from clients whose certificate it knows. */
    private int startTls() throws Exception {
        SelfSigned.make(folder, "server", "IP:127.0.0.1");
        SelfSigned.make(folder, "client", "DNS:client");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Redis.command(
                server,
                "CONFIG",
                "SET",
                "tls-cert-file",
                folder.resolve("server.pem").toString(),
                "tls-key-file",
                folder.resolve("server.key").toString(),
                "tls-ca-cert-file",
                folder.resolve("client.pem").toString(),
                "tls-port",
                Integer.toString(port));
        return port;
    }
}
