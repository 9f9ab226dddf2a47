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
import org.jspecify.annotations.Nullable;

/** An embedded SQL database: one insert per record, one transaction per batch. */
final class SqlAppender implements Appender {
    private final Connection connection;
    private final Records records;
    private final PreparedStatement insert;
    private final @Nullable PreparedStatement sync;
    private long next;

    private SqlAppender(Connection connection, Records records, @Nullable String sync) throws SQLException {
        this.connection = connection;
        this.records = records;
        try (Statement create = connection.createStatement()) {
            create.execute("create table log (id bigint primary key, record blob)");
        }
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("insert into log (id, record) values (?, ?)");
        this.sync = sync == null ? null : connection.prepareStatement(sync);
    }

    /**
     * H2. Its default acknowledges half a second before it writes, so that is switched off; its commit never forces, so a
     * checkpoint does where that is asked for.
     */
    static SqlAppender h2(Path folder, FileAppender.Force force, Records records) throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("h2").toAbsolutePath() + ";WRITE_DELAY=0";
        String sync = force == FileAppender.Force.EACH_BATCH ? "checkpoint sync" : null;
        return new SqlAppender(DriverManager.getConnection(url, "sa", ""), records, sync);
    }

    static SqlAppender sqlite(Path folder, FileAppender.Force force, Records records) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sqlite"));
        try (Statement settings = connection.createStatement()) {
            settings.execute("pragma journal_mode=wal");
            settings.execute("pragma synchronous=" + (force == FileAppender.Force.EACH_BATCH ? "full" : "off"));
        }
        return new SqlAppender(connection, records, null);
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
        if (sync != null) {
            sync.execute();
        }
    }

    @Override
    public long replay(Records.Look look) throws SQLException {
        long number = 0;
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select record from log order by id")) {
            while (rows.next()) {
                records.verify(number, rows.getBytes(1), look);
                number++;
            }
        }
        return number;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        if (sync != null) {
            sync.close();
        }
        connection.close();
    }
}
