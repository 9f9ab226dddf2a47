package dev.fairlead.mechanisms.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Openings that a server refuses: it is there, so nothing is gained by waiting for it. */
class RefusedOpeningTest {
    /** Longer than any opening that does not wait. */
    private static final String START_WAIT = "10min";

    private static SqlMechanism open(Map<String, String> server, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(server);
        settings.putAll(KillableDatabase.newTables());
        settings.put("start-wait", START_WAIT);
        settings.put("timeout", "4min");
        settings.putAll(more);
        return SqlMechanism.open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }

    private static void isRefused(Map<String, String> server, Map<String, String> more, ErrorCode code, String remedy) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> open(server, more))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("start-wait");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aDatabaseThatIsNotThereIsToldAtOnce(RealServer kind) {
        Map<String, String> server = kind.shared();
        String url = server.getOrDefault("url", "").replaceFirst("/[^/]*$", "/nowhere");
        isRefused(server, Map.of("url", url), ErrorCode.PLAN, "create the database");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aUserThatIsUnknownIsToldAtOnce(RealServer kind) {
        isRefused(kind.shared(), Map.of("user", "stranger"), ErrorCode.STORAGE_ACCESS, "name a user and a password");
    }

    @Test
    void theRightThatPostgresqlWantsIsNamed() throws SQLException {
        Map<String, String> server = RealServer.POSTGRESQL.shared();
        String user = "weak" + ProcessHandle.current().pid();
        execute(server, "CREATE ROLE " + user + " LOGIN", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        try {
            isRefused(server, Map.of("user", user), ErrorCode.STORAGE_ACCESS, "the right CREATE on the schema");
        } finally {
            execute(server, "DROP ROLE " + user);
        }
    }

    private static void execute(Map<String, String> server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.getOrDefault("url", ""), server.get("user"), server.get("password"));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
