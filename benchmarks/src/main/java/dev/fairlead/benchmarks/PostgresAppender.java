package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;

/** PostgreSQL by plain JDBC: the columns that Fairlead's table has, one insert per record, one commit per batch. */
final class PostgresAppender implements Appender {
    private final Connection connection;
    private final Records records;
    private final String table;
    private final PreparedStatement insert;
    private long next;
    private long bytes;

    PostgresAppender(ServerPlace place, String table, Records records) throws SQLException {
        this.connection = PostgresLogin.connect(place);
        this.records = records;
        this.table = table;
        try (Statement create = connection.createStatement()) {
            create.execute("create table " + table + " (log_id bigint not null, place bigint not null,"
                    + " record_key bytea not null, header bytea not null, payload bytea not null, ends bigint not null,"
                    + " written bigint not null, key_hash bigint, primary key (log_id, place))");
        }
        connection.commit();
        this.insert = connection.prepareStatement("insert into " + table
                + " (log_id, place, record_key, header, payload, ends, written, key_hash)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)");
    }

    @Override
    public void append(List<LogEntry> batch) throws SQLException {
        long now = System.currentTimeMillis();
        for (LogEntry entry : batch) {
            bytes += entry.size();
            insert.setLong(1, 1);
            insert.setLong(2, next++);
            insert.setBytes(3, entry.key());
            insert.setBytes(4, entry.header());
            insert.setBytes(5, entry.payload());
            insert.setLong(6, bytes);
            insert.setLong(7, now);
            insert.setNull(8, Types.BIGINT);
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
    }

    @Override
    public long replay(Records.Look look) throws SQLException {
        long number = 0;
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(1024);
            try (ResultSet rows = select.executeQuery(
                    "select place, record_key, header, payload from " + table + " order by place")) {
                while (rows.next()) {
                    records.verify(
                            number,
                            new LogRecord(rows.getLong(1), rows.getBytes(2), rows.getBytes(3), rows.getBytes(4)),
                            look);
                    number++;
                }
            }
        }
        return number;
    }

    @Override
    public void close() throws SQLException {
        PostgresLogin.drop(connection, table);
    }
}
