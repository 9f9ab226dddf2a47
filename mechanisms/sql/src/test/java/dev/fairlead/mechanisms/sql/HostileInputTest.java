package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileInputTest {
    private static final String HOSTILE = "'; DROP TABLE \"fairlead_logs\"; -- `\\' ? {logs} $1 :x";

    static Stream<Map<String, String>> servers() {
        return Stream.of(
                Map.of("url", "jdbc:h2:mem:hostile;DB_CLOSE_DELAY=-1"),
                RealServer.POSTGRESQL.shared(),
                RealServer.MARIADB.shared());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatCallersHandInIsNeverPartOfAStatement(Map<String, String> server) {
        SqlUnderTest under = new SqlUnderTest(Durability.D0, server);
        try (SqlMechanism mechanism = (SqlMechanism) under.open(TimeSource.SYSTEM)) {
            assertThatThrownBy(
                            () -> mechanism.define(new LogDefinition(HOSTILE, new Retention.KeepAll(), Durability.D0)))
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_VALUE));
            assertThatThrownBy(() -> mechanism.bounds(HOSTILE, 0)).isInstanceOf(FairleadException.class);
            mechanism.define(new LogDefinition("a", new Retention.LatestPerKey(), Durability.D0));
            LogWriter writer = mechanism.claim("a", HOSTILE);
            byte[] key = HOSTILE.getBytes(UTF_8);
            writer.append(0, List.of(new LogEntry(key, key, key))).join();
            mechanism.commit("a", HOSTILE, new Position(0, 1));
            assertThat(mechanism.committed("a", HOSTILE, 0)).contains(new Position(0, 1));
            assertThat(mechanism.latest("a", key).map(found -> new String(found.payload(), UTF_8)))
                    .isEqualTo(Optional.of(HOSTILE));
            mechanism.claim("a", "next");
            assertThatThrownBy(writer::resume).hasMessageContaining("next");
            deadLetter(mechanism);
        } finally {
            under.dispose();
        }
    }

    private static void deadLetter(SqlMechanism mechanism) {
        mechanism.define(new QueueDefinition("q", Durability.D0));
        mechanism.send("q", new Question(new byte[0], HOSTILE.getBytes(UTF_8))).join();
        Delivered delivered = mechanism
                .receive("q", Duration.ofMinutes(1))
                .poll(1, Duration.ofSeconds(30))
                .getFirst();
        delivered.setAside(HOSTILE + "\0\uD800 \uD83D\uDE00").join();
        assertThat(mechanism.deadLetters("q").list(-1, 1).getFirst().error())
                .isEqualTo(HOSTILE + "\uFFFD\uFFFD \uD83D\uDE00");
    }

    @Test
    void namesOfTablesAreChecked() {
        for (String bad : List.of("", "a b", "A", "a\"", "a`; DROP", "x".repeat(31))) {
            assertThatThrownBy(() -> SqlMechanism.open(new MechanismOpening(
                            Map.of("url", "jdbc:h2:mem:a", "prefix", bad), Path.of("."), TimeSource.SYSTEM)))
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PLAN));
        }
    }
}
