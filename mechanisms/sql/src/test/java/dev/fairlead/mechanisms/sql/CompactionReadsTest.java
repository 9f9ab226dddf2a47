package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a table MariaDB reads for the retention of a log. */
class CompactionReadsTest {
    private static final String LOG = "shop.price";
    private static final int AT_ONCE = 1_000;
    private static final int RECORDS = 4 * AT_ONCE;

    private final Map<String, String> settings = new HashMap<>(RealServer.MARIADB.shared());

    CompactionReadsTest() {
        settings.putAll(KillableDatabase.newTables());
    }

    private MechanismOpening opening() {
        return new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM);
    }

    @BeforeEach
    void count() throws SQLException {
        execute("SET GLOBAL userstat = 1");
    }

    @AfterEach
    void end() throws SQLException {
        execute("SET GLOBAL userstat = 0");
        new SqlProvider().remove(opening());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, RECORDS})
    void compactionLooksForTheSuccessorOfARecordByItsKey(int keys) throws SQLException {
        long before;
        try (SqlMechanism mechanism = SqlMechanism.open(opening())) {
            mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2));
            LogWriter writer = mechanism.claim(LOG, "shop");
            for (int from = 0; from < RECORDS; from += AT_ONCE) {
                writer.append(0, records(from, keys)).join();
            }
            before = rowsRead();
            mechanism.applyRetention(LOG);
            assertThat(mechanism.bounds(LOG, 0).compactedBelow()).isEqualTo(RECORDS);
        }
        assertThat(rowsRead() - before).isLessThan(10L * RECORDS);
    }

    private static List<LogEntry> records(int from, int keys) {
        return IntStream.range(from, from + AT_ONCE)
                .mapToObj(i -> new LogEntry(("k" + i % keys).getBytes(UTF_8), new byte[] {7}, new byte[300]))
                .toList();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.get("url"), settings.get("user"), settings.get("password"));
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement foreign = connection.createStatement()) {
            foreign.execute(statement);
        }
    }

    private long rowsRead() throws SQLException {
        try (Connection connection = connect();
                Statement foreign = connection.createStatement();
                ResultSet row = foreign.executeQuery(
                        "SELECT SUM(rows_read) FROM information_schema.table_statistics WHERE table_name = '"
                                + settings.get("prefix") + "records'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
