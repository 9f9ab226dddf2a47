package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.sql.SQLException;
import java.util.List;
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

    private final WatchedDatabase database = new WatchedDatabase(RealServer.MARIADB);

    @BeforeEach
    void count() throws SQLException {
        database.execute("SET GLOBAL userstat = 1");
    }

    @AfterEach
    void end() throws SQLException {
        database.execute("SET GLOBAL userstat = 0");
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, RECORDS})
    void compactionLooksForTheSuccessorOfARecordByItsKey(int keys) throws SQLException {
        long before;
        try (SqlMechanism mechanism = database.open()) {
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

    private long rowsRead() throws SQLException {
        return database.number("SELECT SUM(rows_read) FROM information_schema.table_statistics WHERE table_name = '"
                + database.table("records") + "'");
    }
}
