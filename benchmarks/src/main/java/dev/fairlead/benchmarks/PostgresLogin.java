package dev.fairlead.benchmarks;

import dev.fairlead.spi.input.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connections of plain JDBC to PostgreSQL, with the driver's faster way to write batches. */
final class PostgresLogin {
    private PostgresLogin() {}

    static Connection connect(ServerPlace place) throws SQLException {
        if (!place.url().startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("sql is measured on PostgreSQL (jdbc:postgresql://HOST/DATABASE)");
        }
        Credentials credentials = place.credentials();
        Properties properties = new Properties();
        properties.setProperty("reWriteBatchedInserts", "true");
        if (credentials.user() != null) {
            properties.setProperty("user", credentials.user());
        }
        if (credentials.password() != null) {
            properties.setProperty("password", credentials.password());
        }
        Connection connection = DriverManager.getConnection(place.url(), properties);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Takes the table away, and ends the connection. */
    static void drop(Connection connection, String table) throws SQLException {
        try (connection;
                Statement drop = connection.createStatement()) {
            drop.execute("drop table " + table);
            connection.commit();
        }
    }
}
