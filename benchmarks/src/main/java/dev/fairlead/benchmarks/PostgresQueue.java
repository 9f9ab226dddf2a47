package dev.fairlead.benchmarks;

import dev.fairlead.spi.Question;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A queue in one table of PostgreSQL by plain JDBC: a batch of messages is inserted in one transaction; a receiver takes with SKIP LOCKED what
 * nobody holds, notes a lease and the attempt, commits, and deletes what is done in another transaction.
 */
final class PostgresQueue implements QueueClient {
    private static final long LEASE_MILLIS = 60_000;
    private static final long PAUSE_NANOS = 200_000;

    private final Connection sending;
    private final Connection taking;
    private final String table;
    private final PreparedStatement insert;
    private final PreparedStatement hold;
    private final PreparedStatement delete;

    PostgresQueue(ServerPlace place, String table) throws SQLException {
        this.sending = PostgresLogin.connect(place);
        this.taking = PostgresLogin.connect(place);
        this.table = table;
        try (Statement create = sending.createStatement()) {
            create.execute("create table " + table + " (id bigint generated always as identity primary key,"
                    + " due bigint not null, attempts int not null, header bytea not null, payload bytea not null)");
        }
        sending.commit();
        this.insert = sending.prepareStatement(
                "insert into " + table + " (due, attempts, header, payload) values (0, 0, ?, ?)");
        this.hold = taking.prepareStatement("update " + table + " set due = ?, attempts = attempts + 1 where id in"
                + " (select id from " + table + " where due <= ? order by id limit ? for update skip locked)"
                + " returning id, attempts, header, payload");
        this.delete = taking.prepareStatement("delete from " + table + " where id = ? and attempts = ?");
    }

    @Override
    public void send(List<Question> batch) throws SQLException {
        for (Question message : batch) {
            insert.setBytes(1, message.header());
            insert.setBytes(2, message.payload());
            insert.addBatch();
        }
        insert.executeBatch();
        sending.commit();
    }

    private record Held(long id, int attempt) {}

    @Override
    public int take(int most) throws SQLException {
        List<Held> held = hold(most);
        while (held.isEmpty()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            held = hold(most);
        }
        for (Held each : held) {
            delete.setLong(1, each.id());
            delete.setInt(2, each.attempt());
            delete.addBatch();
        }
        delete.executeBatch();
        taking.commit();
        return held.size();
    }

    private List<Held> hold(int most) throws SQLException {
        long now = System.currentTimeMillis();
        hold.setLong(1, now + LEASE_MILLIS);
        hold.setLong(2, now);
        hold.setInt(3, most);
        List<Held> held = new ArrayList<>(most);
        try (ResultSet row = hold.executeQuery()) {
            while (row.next()) {
                QueueMeasurement.checkSize((long) row.getBytes(3).length + row.getBytes(4).length);
                held.add(new Held(row.getLong(1), row.getInt(2)));
            }
        }
        taking.commit();
        return held;
    }

    @Override
    public void close() throws SQLException {
        try (sending;
                taking;
                Statement drop = sending.createStatement()) {
            taking.rollback();
            drop.execute("drop table " + table);
            sending.commit();
        }
    }
}
