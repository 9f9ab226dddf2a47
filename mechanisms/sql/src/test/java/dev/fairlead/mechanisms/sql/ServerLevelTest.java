package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.Retention;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLevelTest {
    @Test
    void postgresqlWithoutSynchronousCommitOffersNothingThatSurvivesItsKill() throws Exception {
        try (ServerProcess server = RealServer.POSTGRESQL.start()) {
            execute(server, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()");
            await().atMost(Duration.ofMinutes(1)).until(() -> isOff(server, "fsync"));
            offers(server, Durability.D1, "fsync");
            execute(server, "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()");
            await().atMost(Duration.ofMinutes(1)).until(() -> isOff(server, "synchronous_commit"));
            offers(server, Durability.D0, "synchronous_commit");
        }
    }

    @Test
    void mariadbThatFlushesLaterOffersLess() throws Exception {
        try (ServerProcess server = RealServer.MARIADB.start()) {
            execute(server, "SET GLOBAL sync_binlog = 0");
            offers(server, Durability.D1, "sync_binlog");
            execute(server, "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
            offers(server, Durability.D1, "innodb_flush_log_at_trx_commit");
            execute(server, "SET GLOBAL innodb_flush_log_at_trx_commit = 0");
            offers(server, Durability.D0, "innodb_flush_log_at_trx_commit");
            server.kill();
            server.restart(List.of("--skip-log-bin"));
            try (SqlMechanism mechanism = KillableDatabase.open(server, server.port(), Map.of())) {
                assertThat(mechanism.durability()).isEqualTo(Durability.D2);
                assertThat(mechanism.weakened()).singleElement().asString().contains("log_bin");
            }
        }
    }

    @Test
    void anH2OfSeveralProcessesOffersNothingThatSurvivesItsKill(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("data");
        try (SqlMechanism shared = AppendingChild.open(url + ";AUTO_SERVER=TRUE")) {
            assertThat(shared.durability()).isEqualTo(Durability.D0);
            assertThat(shared.weakened()).singleElement().asString().contains("several processes");
        }
        try (SqlMechanism alone = AppendingChild.open(url)) {
            assertThat(alone.durability()).isEqualTo(Durability.D1);
        }
    }

    private static void offers(ServerProcess server, Durability offered, String setting) {
        try (SqlMechanism mechanism = KillableDatabase.open(server, server.port(), Map.of())) {
            assertThat(mechanism.durability()).isEqualTo(offered);
            assertThat(String.join(" ", mechanism.weakened())).contains(setting);
            assertThat(mechanism.capabilities()).doesNotContain(Capability.SURVIVES_POWER_LOSS);
            assertThat(mechanism.capabilities().contains(Capability.SURVIVES_KILL))
                    .isEqualTo(offered == Durability.D1);
            assertThatThrownBy(() -> mechanism.define(new LogDefinition("log", new Retention.KeepAll(), Durability.D2)))
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CAPABILITY))
                    .hasMessageContaining(setting);
            mechanism.define(new LogDefinition("log", new Retention.KeepAll(), Durability.D0));
            mechanism.define(new QueueDefinition("queue", Durability.D0));
            byte[] bytes = "a".getBytes(UTF_8);
            assertThat(mechanism
                            .claim("log", "test")
                            .append(0, List.of(new LogEntry(bytes, bytes, bytes)))
                            .join()
                            .durability())
                    .isEqualTo(offered);
            assertThat(mechanism
                            .send("queue", new Question(bytes, bytes))
                            .join()
                            .durability())
                    .isEqualTo(offered);
        }
    }

    /** A new session sees the new setting some time after the server was told to read it. */
    private static boolean isOff(ServerProcess server, String setting) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.settings().get("url"), server.settings().get("user"), "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            return row.next() && row.getString(1).equals("off");
        }
    }

    private static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.settings().get("url"), server.settings().get("user"), "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
