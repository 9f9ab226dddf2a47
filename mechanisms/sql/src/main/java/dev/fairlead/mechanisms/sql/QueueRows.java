package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The rows of the queues. */
final class QueueRows {
    private final Database database;
    private final String find;
    private final String insert;
    private final String update;
    private final String depth;
    private final String dead;

    QueueRows(Database database, Tables tables) {
        this.database = database;
        this.find = tables.sql("SELECT id FROM {queues} WHERE name = ?");
        this.insert = tables.sql("INSERT INTO {queues} (durability, name) VALUES (?, ?)");
        this.update = tables.sql("UPDATE {queues} SET durability = ? WHERE name = ?");
        this.depth = tables.sql("SELECT COALESCE(SUM(CASE WHEN state = 0 OR due <= ? THEN 1 ELSE 0 END), 0),"
                + " COALESCE(SUM(CASE WHEN state = 2 AND due > ? THEN 1 ELSE 0 END), 0),"
                + " COALESCE(SUM(CASE WHEN state = 1 AND due > ? THEN 1 ELSE 0 END), 0)"
                + " FROM {messages} WHERE queue_id = ?");
        this.dead = tables.sql("SELECT COUNT(*) FROM {dead} WHERE queue_id = ?");
    }

    void define(QueueDefinition definition) {
        database.again("defining queue " + definition.name(), connection -> {
            if (put(connection, update, definition) == 1) {
                return true;
            }
            try {
                return put(connection, insert, definition) == 1;
            } catch (SQLException e) {
                if (!Failures.isDuplicate(e)) {
                    throw e;
                }
                connection.rollback(); // another was first
                return put(connection, update, definition) == 1;
            }
        });
    }

    private static int put(Connection connection, String sql, QueueDefinition definition) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, definition.durability().name());
            statement.setString(2, definition.name());
            return statement.executeUpdate();
        }
    }

    /** The queue, or PLAN when there is none. */
    QueueRow get(String name) {
        return database.read("looking for queue " + name, connection -> find(connection, name))
                .orElseThrow(() ->
                        new FairleadException(ErrorCode.PLAN, "queue " + name + " is not defined; define it first"));
    }

    private Optional<QueueRow> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(find)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new QueueRow(row.getLong(1), name)) : Optional.empty();
            }
        }
    }

    QueueDepth depth(QueueRow queue, long now) {
        return database.read("counting messages of queue " + queue.name(), connection -> {
            long letters = Statements.number(connection, dead, queue.id());
            try (PreparedStatement select = Statements.prepare(connection, depth, now, now, now, queue.id());
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new QueueDepth(row.getLong(1), row.getLong(2), row.getLong(3), letters);
            }
        });
    }
}
