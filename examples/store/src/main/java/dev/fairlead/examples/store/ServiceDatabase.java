package dev.fairlead.examples.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A service's own database, in files. What was committed is in the files, so that a kill of the process leaves it there, and nothing of what
 * was not: what H2 writes to its file is of no one moment of all tables, so of two transactions that run at once a kill can leave a half
 * (decision 87), and there is one connection.
 */
final class ServiceDatabase implements AutoCloseable {
    private static final int ONE_AT_A_TIME = 1;
    private static final int MANY = 40;

    private final JdbcConnectionPool pool;

    private ServiceDatabase(JdbcConnectionPool pool) {
        this.pool = pool;
    }

    /** Opens or creates the database of a service, and its table. */
    static ServiceDatabase open(Path folder, String service, String table) {
        return open(folder, service, table, ONE_AT_A_TIME);
    }

    /** The same for transactions that run beside each other, in a process that is not killed; roll them back with {@link #rollback}. */
    static ServiceDatabase openForMany(Path folder, String service, String table) {
        return open(folder, service, table, MANY);
    }

    private static ServiceDatabase open(Path folder, String service, String table, int connections) {
        Path file = folder.resolve(service).toAbsolutePath();
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:retry:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=30000", "sa", "");
        pool.setMaxConnections(connections);
        ServiceDatabase database = new ServiceDatabase(pool);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table);
        } catch (SQLException e) {
            database.close();
            throw new IllegalStateException("the database of " + service + " cannot be opened", e);
        }
        return database;
    }

    DataSource source() {
        return pool;
    }

    /**
     * Rolls back while H2 writes nothing to its file. When a write comes in between, H2 undoes a change twice, and what another transaction
     * has made of the row since the first time is gone, although it was committed (decision 68).
     */
    static void rollback(Connection connection) throws SQLException {
        if (!(connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session)) {
            throw new IllegalStateException("the database of a service runs in its process");
        }
        AtomicReference<SQLException> failure = new AtomicReference<>();
        session.getDatabase().getStore().getMvStore().executeFilestoreOperation(() -> {
            try {
                connection.rollback();
            } catch (SQLException e) {
                failure.set(e);
            }
        });
        SQLException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    /** The values of the first column of all rows. */
    List<String> column(String query) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException("a query failed: " + query, e);
        }
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
