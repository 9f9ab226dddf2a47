package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Openings with different settings share nothing in this process, as if each had its own. */
class WakeUpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(30);

    private SqlUnderTest under = new SqlUnderTest(Durability.D0, RealServer.POSTGRESQL.shared());

    @AfterEach
    void takeAway() {
        under.dispose();
    }

    private SqlMechanism open(int connections, String poll) {
        Map<String, String> settings = new HashMap<>(under.settings());
        settings.put("connections", Integer.toString(connections));
        settings.put("poll", poll);
        return SqlMechanism.open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }

    @Test
    void postgresqlTellsAnotherProcessAtOnce() throws Exception {
        try (SqlMechanism reading = open(2, "60min");
                SqlMechanism writing = open(3, "60min")) {
            await().atMost(PATIENCE).until(() -> reading.server().pauses().next() > LONG.toNanos());
            isWoken(reading, writing);
        }
    }

    @Test
    void mariadbIsLookedAtAgainAndAgain() throws Exception {
        under.dispose();
        under = new SqlUnderTest(Durability.D0, RealServer.MARIADB.shared());
        try (SqlMechanism reading = open(2, "100ms");
                SqlMechanism writing = open(3, "100ms")) {
            isWoken(reading, writing);
        }
    }

    private static void isWoken(SqlMechanism reading, SqlMechanism writing) throws Exception {
        writing.define(new LogDefinition("log", new Retention.KeepAll(), Durability.D0));
        writing.define(new QueueDefinition("queue", Durability.D0));
        byte[] bytes = "a".getBytes(UTF_8);
        try (LogWriter writer = writing.claim("log", "test");
                LogReader reader = reading.read("log", 0, 0);
                QueueReceiver receiver = reading.receive("queue", LONG)) {
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Integer> read = CompletableFuture.supplyAsync(
                        () -> reader.poll(1, LONG).records().size());
                CompletableFuture<Integer> received = CompletableFuture.supplyAsync(
                        () -> receiver.poll(1, LONG).size());
                writer.append(0, List.of(new LogEntry(bytes, bytes, bytes))).join();
                writing.send("queue", new Question(bytes, bytes)).join();
                assertThat(read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
                assertThat(received.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
            }
        }
    }
}
