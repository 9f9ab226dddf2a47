package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;

/** Values in a table of PostgreSQL whose text is a column of its own, found by plain JDBC. */
final class PostgresSearch implements AutoCloseable {
    private final Connection connection;
    private final String table;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    PostgresSearch(ServerPlace place, String table) throws SQLException {
        this.connection = PostgresLogin.connect(place);
        this.table = table;
        try (Statement create = connection.createStatement()) {
            create.execute("create table " + table + " (record_key bytea primary key, header bytea not null,"
                    + " payload bytea not null, found_by text not null)");
            create.execute("create index on " + table + " (found_by, record_key)");
        }
        connection.commit();
        this.insert = connection.prepareStatement(
                "insert into " + table + " (record_key, header, payload, found_by) values (?, ?, ?, ?)");
        this.select = connection.prepareStatement(
                "select record_key, header, payload from " + table + " where found_by = ? order by record_key limit ?");
    }

    /** @param text gives the text of a payload by which it is found */
    void add(List<LogEntry> batch, Function<byte[], String> text) throws SQLException {
        for (LogEntry entry : batch) {
            insert.setBytes(1, entry.key());
            insert.setBytes(2, entry.header());
            insert.setBytes(3, entry.payload());
            insert.setString(4, text.apply(entry.payload()));
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
    }

    /** How many bytes the values have that are found, in a transaction of its own. */
    long find(String text, int most) throws SQLException {
        select.setString(1, text);
        select.setInt(2, most);
        long bytes = 0;
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                bytes += new LogEntry(row.getBytes(1), row.getBytes(2), row.getBytes(3)).payload().length;
            }
        }
        connection.commit();
        return bytes;
    }

    @Override
    public void close() throws SQLException {
        PostgresLogin.drop(connection, table);
    }
}
