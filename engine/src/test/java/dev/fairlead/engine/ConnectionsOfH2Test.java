package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Outbox;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.LoggedLines;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A kill leaves halves of transactions that run at once in an H2 file, so whoever has several connections to it is warned. */
@Timeout(60)
class ConnectionsOfH2Test {
    private static final String WARNING = "has several connections";

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final LoggedLines logged = LoggedLines.open();
    private JdbcConnectionPool pool;
    private Outbox<String, Sale> outbox;

    @BeforeEach
    void open() {
        SalePlan.in(folder, "D1");
        pool = JdbcConnectionPool.create(Databases.H2.urlOfNew(folder), "sa", "");
        pool.setMaxConnections(1);
        outbox = services.open("checkout", folder).events(SalePlan.SALES).outbox(pool, Relays.BRISK);
    }

    @AfterEach
    void close() {
        logged.close();
        Databases.execute(pool, "SHUTDOWN");
    }

    @Test
    void aPoolOfOneIsQuiet() throws Exception {
        try (Connection transaction = pool.getConnection()) {
            transaction.setAutoCommit(false);
            outbox.append(transaction, "s1", new ItemAdded("tea", 1));
            transaction.commit();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> outbox.statistics().published() == 1);

        assertThat(logged.lines()).noneMatch(line -> line.contains(WARNING));
    }

    @Test
    void aSecondConnectionIsToldOnce() throws Exception {
        pool.setMaxConnections(2);
        try (Connection other = pool.getConnection()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> logged.lines().stream().anyMatch(line -> line.contains(WARNING)));
            assertThat(other.isClosed()).isFalse();
        }
        outbox.statistics();

        assertThat(logged.lines().stream().filter(line -> line.contains(WARNING)))
                .singleElement()
                .asString()
                .contains("a pool of one connection");
    }
}
