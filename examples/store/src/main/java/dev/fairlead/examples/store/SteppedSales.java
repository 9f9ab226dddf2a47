package dev.fairlead.examples.store;

import dev.fairlead.api.Outbox;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * A few sales in a database that go on step by step; each step is numbered in the transaction that also puts it into the outbox.
 *
 * <p>A transaction holds the row of its sale from the number to the commit, so that the numbers are in the order of the commits. Safe for
 * many threads.
 */
final class SteppedSales implements AutoCloseable {
    private static final int SALES = 4;
    private static final int STEPS = 40;
    private static final int ONE_IN_VAIN_OF = 8;
    private static final int LONGEST_PAUSE = 1_500_000;

    private final ServiceDatabase database;
    private final AtomicInteger rolledBack = new AtomicInteger();

    private SteppedSales(ServiceDatabase database) {
        this.database = database;
    }

    static SteppedSales create(Path folder) {
        String rows = IntStream.range(0, SALES)
                .mapToObj(number -> "('sale-" + number + "', 0)")
                .collect(Collectors.joining(", "));
        ServiceDatabase database = ServiceDatabase.openForMany(
                folder, CheckoutService.NAME, "sale (sale_id VARCHAR(64) PRIMARY KEY, steps INT) AS VALUES " + rows);
        return new SteppedSales(database);
    }

    DataSource source() {
        return database.source();
    }

    /** Goes on with sales at random; now and then it thinks better of it before the commit. */
    void write(Outbox<String, Sale> outbox, Random random) {
        try {
            for (int i = 0; i < STEPS; i++) {
                step(outbox, "sale-" + random.nextInt(SALES), random);
                outbox.wake();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a step could not be written", e);
        }
    }

    private void step(Outbox<String, Sale> outbox, String sale, Random random) throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            try {
                int number = number(connection, sale);
                outbox.append(connection, sale, new Sale.ItemAdded("step", number, BigDecimal.ONE.setScale(2)));
                LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE));
                if (random.nextInt(ONE_IN_VAIN_OF) == 0) {
                    ServiceDatabase.rollback(connection);
                    rolledBack.incrementAndGet();
                } else {
                    connection.commit();
                }
            } catch (SQLException | RuntimeException e) {
                ServiceDatabase.rollback(connection);
                throw e;
            }
        }
    }

    private static int number(Connection connection, String sale) throws SQLException {
        try (PreparedStatement update =
                        connection.prepareStatement("UPDATE sale SET steps = steps + 1 WHERE sale_id = ?");
                PreparedStatement query = connection.prepareStatement("SELECT steps FROM sale WHERE sale_id = ?")) {
            update.setString(1, sale);
            update.executeUpdate();
            query.setString(1, sale);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** How many steps of each sale are committed. */
    Map<String, Integer> committed() {
        Map<String, Integer> committed = new TreeMap<>();
        for (String row : database.column("SELECT sale_id || ' ' || steps FROM sale")) {
            String[] parts = row.split(" ", -1);
            committed.put(parts[0], Integer.valueOf(parts[1]));
        }
        return committed;
    }

    int rolledBack() {
        return rolledBack.get();
    }

    @Override
    public void close() {
        database.close();
    }
}
