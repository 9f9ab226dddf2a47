package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** An embedded SQL database: one insert per record, one transaction per batch. */
final class SqlAppender implements Appender {
    private final Connection connection;
    private final PreparedStatement insert;
    private long next;

    private SqlAppender(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement create = connection.createStatement()) {
            create.execute("create table log (id bigint primary key, record blob)");
        }
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("insert into log (id, record) values (?, ?)");
    }

    /** H2; its default acknowledges half a second before it writes, so that is switched off. H2 does not force in either case. */
    static SqlAppender h2(Path folder) throws SQLException {
        return new SqlAppender(DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("h2").toAbsolutePath() + ";WRITE_DELAY=0", "sa", ""));
    }

    static SqlAppender sqlite(Path folder, FileAppender.Force force) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sqlite"));
        try (Statement settings = connection.createStatement()) {
            settings.execute("pragma journal_mode=wal");
            settings.execute("pragma synchronous=" + (force == FileAppender.Force.EACH_BATCH ? "full" : "off"));
        }
        return new SqlAppender(connection);
    }

    @Override
    public void append(List<LogEntry> batch) throws SQLException {
        for (LogEntry entry : batch) {
            insert.setLong(1, next++);
            insert.setBytes(2, Records.bytes(entry));
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
    }

    @Override
    public long replay() throws SQLException {
        long records = 0;
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select record from log order by id")) {
            while (rows.next()) {
                records += rows.getBytes(1).length == Records.SIZE ? 1 : 0;
            }
        }
        return records;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
