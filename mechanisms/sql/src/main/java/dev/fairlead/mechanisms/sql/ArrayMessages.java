package dev.fairlead.mechanisms.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Many messages held or deleted by one statement, which takes their ids as an array and returns what it did: PostgreSQL's way.
 *
 * <p>The ids are also given as a condition of their own: of a join alone, a plan that was made while the table was empty compares each row of
 * it with each id.
 */
final class ArrayMessages {
    private final String hold;
    private final String delete;

    /** Does something with a row that was held, with the columns id, attempts, header and payload. */
    @FunctionalInterface
    interface HeldRow {
        void take(ResultSet row) throws SQLException;
    }

    ArrayMessages(Tables tables) {
        this.hold = tables.sql("UPDATE {messages} SET state = 1, due = ?, holder = ?, attempts = attempts + 1"
                + " WHERE id = ANY(?::bigint[]) RETURNING id, attempts, header, payload");
        this.delete = tables.sql("DELETE FROM {messages} USING unnest(?::bigint[], ?::int[]) AS done (number, attempt)"
                + " WHERE id = ANY(?::bigint[]) AND id = number AND holder = ? AND attempts = attempt AND state = 1"
                + " RETURNING id");
    }

    void hold(Connection connection, List<Long> ids, long holder, long leaseEnd, HeldRow held) throws SQLException {
        try (PreparedStatement update = Statements.prepare(connection, hold, leaseEnd, holder)) {
            update.setArray(3, connection.createArrayOf("int8", ids.toArray()));
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    held.take(row);
                }
            }
        }
    }

    /** Deletes messages that are held in these attempts; whether each was. */
    boolean[] delete(Connection connection, long holder, List<Settlement> done) throws SQLException {
        Set<Long> deleted = new HashSet<>();
        try (PreparedStatement delete = connection.prepareStatement(this.delete)) {
            Array ids = connection.createArrayOf(
                    "int8", done.stream().map(Settlement::id).toArray());
            delete.setArray(1, ids);
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", done.stream().map(Settlement::attempt).toArray()));
            delete.setArray(3, ids);
            delete.setLong(4, holder);
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    deleted.add(row.getLong(1));
                }
            }
        }
        boolean[] was = new boolean[done.size()];
        for (int i = 0; i < was.length; i++) {
            was[i] = deleted.remove(done.get(i).id()); // of two that name the same one, the first
        }
        return was;
    }
}
