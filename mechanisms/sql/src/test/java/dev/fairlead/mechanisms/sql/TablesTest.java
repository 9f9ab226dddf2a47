package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TablesTest {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    private SqlMechanism open(int connections) {
        return SqlMechanism.open(new MechanismOpening(
                Map.of("url", url, "connections", Integer.toString(connections)), Path.of("."), TimeSource.SYSTEM));
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement foreign = connection.createStatement()) {
            foreign.execute(statement);
        }
    }

    @Test
    void tablesOfALaterVersionAreRefused() throws SQLException {
        open(2).close();
        execute("UPDATE \"fairlead_schema\" SET version = 99");
        assertThatThrownBy(() -> open(2))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_ACCESS))
                .hasMessageContaining("version 99");
    }

    @Test
    void tablesOfAnEarlierVersionGetWhatIsNew() throws SQLException {
        open(2).close();
        execute("DROP TABLE \"fairlead_fields\"");
        execute("DROP TABLE \"fairlead_texts\"");
        execute("UPDATE \"fairlead_schema\" SET version = 1");
        open(2).close();
        execute("SELECT * FROM \"fairlead_fields\", \"fairlead_texts\"");
    }

    @Test
    void creatingThatWasBrokenOffIsTakenUp() throws SQLException {
        open(2).close();
        execute("DROP TABLE \"fairlead_dismissals\"");
        execute("DELETE FROM \"fairlead_schema\"");
        try (SqlMechanism mechanism = open(2)) {
            mechanism.define(new LogDefinition("log", new Retention.KeepAll(), Durability.D0));
        }
        execute("SELECT * FROM \"fairlead_dismissals\"");
    }

    @Test
    void manyThatOpenAtOnceCreateOnce() throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> opening = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                int connections = i;
                opening.add(threads.submit(() -> open(connections).close()));
            }
            for (Future<?> each : opening) {
                each.get();
            }
        }
        try (SqlMechanism mechanism = open(2)) {
            mechanism.define(new LogDefinition("log", new Retention.KeepAll(), Durability.D0));
        }
    }

    @Test
    void aRecordThatIsMissingIsNotPassedOver() throws SQLException {
        try (SqlMechanism mechanism = open(2)) {
            mechanism.define(new LogDefinition("log", new Retention.KeepAll(), Durability.D0));
            LogWriter writer = mechanism.claim("log", "test");
            byte[] bytes = "a".getBytes(UTF_8);
            for (int i = 0; i < 5; i++) {
                writer.append(0, List.of(new LogEntry(bytes, bytes, bytes))).join();
            }
            execute("DELETE FROM \"fairlead_records\" WHERE place = 3");
            try (LogReader reader = mechanism.read("log", 0, 0)) {
                assertThat(reader.poll(2, Duration.ZERO).records()).hasSize(2);
                for (int again = 0; again < 2; again++) {
                    assertThatThrownBy(() -> reader.poll(10, Duration.ZERO))
                            .isInstanceOfSatisfying(
                                    FairleadException.class,
                                    failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_DAMAGED))
                            .hasMessageContaining("from 3 to 3");
                }
            }
        }
    }
}
