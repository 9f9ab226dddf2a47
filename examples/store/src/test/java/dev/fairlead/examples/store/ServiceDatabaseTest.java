package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServiceDatabaseTest {
    private static final int WRITERS = 6;
    private static final int ROLLBACKS = 4000;

    @TempDir
    Path folder;

    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger rolledBack = new AtomicInteger();

    @Test
    void oneTransactionRunsAfterAnother() throws SQLException {
        try (ServiceDatabase database = ServiceDatabase.open(folder, "one", "counted AS (SELECT 0 AS steps)")) {
            database.source().setLoginTimeout(1);
            try (Connection first = database.source().getConnection()) {
                assertThat(first.isClosed()).isFalse();
                assertThatThrownBy(() -> database.source().getConnection()).hasMessageContaining("timeout");
            }
            assertThat(database.column("SELECT steps FROM counted")).containsExactly("0");
        }
    }

    /** Without its own way to roll back the count goes back now and then, with what others have committed. */
    @Test
    void whatIsRolledBackTakesNothingAlongThatOthersHaveCommitted() throws Exception {
        try (ServiceDatabase database =
                ServiceDatabase.openForMany(folder, "counting", "counted AS (SELECT 0 AS steps)")) {
            try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
                List<Future<Void>> writers = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    writers.add(threads.submit(() -> count(database)));
                }
                for (Future<Void> writer : writers) {
                    writer.get();
                }
            }
            assertThat(database.column("SELECT steps FROM counted")).containsExactly(String.valueOf(committed.get()));
        }
    }

    private Void count(ServiceDatabase database) throws SQLException {
        for (int i = 1; rolledBack.get() < ROLLBACKS; i++) {
            try (Connection connection = database.source().getConnection();
                    Statement update = connection.createStatement()) {
                connection.setAutoCommit(false);
                update.execute("UPDATE counted SET steps = steps + 1");
                if (i % 3 == 0) {
                    ServiceDatabase.rollback(connection);
                    rolledBack.incrementAndGet();
                } else {
                    connection.commit();
                    committed.incrementAndGet();
                }
            }
        }
        return null;
    }
}
