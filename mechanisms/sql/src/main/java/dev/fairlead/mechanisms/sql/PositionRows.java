package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Position;
import dev.fairlead.spi.input.LogLimits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How far reader groups are. */
final class PositionRows {
    private final Database database;
    private final String update;
    private final String insert;
    private final String select;

    PositionRows(Database database, Tables tables) {
        this.database = database;
        this.update = tables.sql(
                "UPDATE {positions} SET next_offset = ? WHERE log_id = ? AND reader_group = ? AND next_offset <= ?");
        this.insert = tables.sql("INSERT INTO {positions} (next_offset, log_id, reader_group) VALUES (?, ?, ?)");
        this.select = tables.sql("SELECT next_offset FROM {positions} WHERE log_id = ? AND reader_group = ?");
    }

    void commit(LogRow log, String group, long next) {
        long noted = database.again("noting a position of group " + group, connection -> {
            if (update(connection, log, group, next)) {
                return next;
            }
            Optional<Long> higher = find(connection, log, group);
            return higher.isPresent() ? higher.get() : insert(connection, log, group, next);
        });
        if (noted > next) {
            throw LogLimits.bad("log " + log.name() + ": group " + group + " has noted " + noted
                    + " and cannot go back to " + next);
        }
    }

    private boolean update(Connection connection, LogRow log, String group, long next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, next);
            statement.setLong(2, log.id());
            statement.setString(3, group);
            statement.setLong(4, next);
            return statement.executeUpdate() == 1;
        }
    }

    /** The position that stands in the end: another's, when it was first and is higher. */
    private long insert(Connection connection, LogRow log, String group, long next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setLong(1, next);
            statement.setLong(2, log.id());
            statement.setString(3, group);
            statement.executeUpdate();
            return next;
        } catch (SQLException e) {
            if (!Failures.isDuplicate(e)) {
                throw e;
            }
            connection.rollback();
            return update(connection, log, group, next)
                    ? next
                    : find(connection, log, group).orElse(next);
        }
    }

    Optional<Position> committed(LogRow log, String group) {
        return database.read("looking for the position of group " + group, connection -> find(connection, log, group))
                .map(offset -> new Position(0, offset));
    }

    private Optional<Long> find(Connection connection, LogRow log, String group) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setLong(1, log.id());
            statement.setString(2, group);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }
}
