package dev.fairlead.examples.store;

import dev.fairlead.api.Events;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What billing has charged, in its database: each charge is saved in one transaction with the event that tells of it, once for each sale. */
final class Charges implements AutoCloseable {
    private static final String TABLE = "charge (sale_id VARCHAR(64) PRIMARY KEY, amount DECIMAL(14,2) NOT NULL)";
    private static final OutboxSettings RELAY =
            OutboxSettings.defaults().withPoll(Duration.ofMillis(50)).withLease(Duration.ofSeconds(1));

    private final ServiceDatabase database;
    private final Outbox<String, Payment> outbox;
    private final AtomicInteger saved = new AtomicInteger();

    private Charges(ServiceDatabase database, Outbox<String, Payment> outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    static Charges open(Path folder, Events<String, Payment> payments) {
        ServiceDatabase database = database(folder);
        try {
            return new Charges(database, payments.outbox(database.source(), RELAY));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The database without a relay, to look into it. */
    static ServiceDatabase database(Path folder) {
        return ServiceDatabase.open(folder, BillingService.NAME, TABLE);
    }

    /** The sales in a database of charges. */
    static List<String> sales(ServiceDatabase database) {
        return database.column("SELECT sale_id FROM charge");
    }

    /** How many charges this process has saved so that they outlive it. H2 shows a commit before it is in the file. */
    int saved() {
        return saved.get();
    }

    boolean isSettled(String saleId) throws SQLException {
        try (Connection connection = database.source().getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT 1 FROM charge WHERE sale_id = ?")) {
            query.setString(1, saleId);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Saves the charge and the event together, or neither; when the sale has one already, nothing happens. */
    void save(String saleId, BigDecimal amount, Payment payment) throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            try {
                insert(connection, saleId, amount);
                outbox.append(connection, saleId, payment);
                connection.commit();
                saved.incrementAndGet();
            } catch (SQLIntegrityConstraintViolationException settledMeanwhile) {
                connection.rollback();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
        outbox.wake();
    }

    private static void insert(Connection connection, String saleId, BigDecimal amount) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO charge VALUES (?, ?)")) {
            insert.setString(1, saleId);
            insert.setBigDecimal(2, amount);
            insert.executeUpdate();
        }
    }

    /** Closes the database; the relay ends with the service. */
    @Override
    public void close() {
        outbox.close();
        database.close();
    }
}
