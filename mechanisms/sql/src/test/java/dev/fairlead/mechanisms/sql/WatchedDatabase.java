package dev.fairlead.mechanisms.sql;

import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Tables of a test's own on a server that all share, and what that server says of its work with them. */
final class WatchedDatabase implements AutoCloseable {
    private final Map<String, String> settings;

    WatchedDatabase(RealServer server) {
        this.settings = new HashMap<>(server.shared());
        settings.putAll(KillableDatabase.newTables());
    }

    SqlMechanism open() {
        return SqlMechanism.open(opening());
    }

    private MechanismOpening opening() {
        return new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM);
    }

    /** The full name of a table. */
    String table(String name) {
        return settings.get("prefix") + name;
    }

    void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement foreign = connection.createStatement()) {
            foreign.execute(statement);
        }
    }

    /** The one number that the query gives. */
    long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement foreign = connection.createStatement();
                ResultSet row = foreign.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.get("url"), settings.get("user"), settings.get("password"));
    }

    /** Takes the tables away. */
    @Override
    public void close() {
        new SqlProvider().remove(opening());
    }
}
