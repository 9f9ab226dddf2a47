package dev.fairlead.mechanisms.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rows of the fields by which values are found.
 *
 * <p>A field is found by while its epoch is its log's. A claim carries on, in the transaction that begins the new epoch, those that were
 * whole until then and that it declares itself; so after a claim of a program that does not know fields, none is.
 */
final class FieldRows {
    private final String ofLog;
    private final String carry;
    private final String insert;
    private final String finish;
    private final String delete;

    FieldRows(Tables tables) {
        this.ofLog = tables.sql("SELECT id, field, epoch FROM {fields} WHERE log_id = ?");
        this.carry = tables.sql("UPDATE {fields} SET epoch = ? WHERE log_id = ? AND epoch = ? AND field = ?");
        this.insert =
                tables.sql("INSERT INTO {fields} (log_id, field, epoch) VALUES (?, ?, " + FieldRow.UNFINISHED + ")");
        this.finish = tables.sql("UPDATE {fields} SET epoch = ? WHERE log_id = ? AND epoch = " + FieldRow.UNFINISHED);
        this.delete = tables.sql("DELETE FROM {fields} WHERE id = ?");
    }

    List<FieldRow> of(Connection connection, LogRow log) throws SQLException {
        List<FieldRow> fields = new ArrayList<>();
        try (PreparedStatement select = Statements.prepare(connection, ofLog, log.id());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                fields.add(new FieldRow(row.getLong(1), row.getString(2), row.getLong(3)));
            }
        }
        return fields;
    }

    /** Carries on, into a new epoch, what was whole to the end of the one before it. */
    void carryOn(Connection connection, LogRow log, long epoch, Set<String> declared) throws SQLException {
        for (String field : declared) {
            try (PreparedStatement update = Statements.prepare(connection, carry, epoch, log.id(), epoch - 1)) {
                update.setString(4, field);
                update.executeUpdate();
            }
        }
    }

    void begin(Connection connection, LogRow log, String field) throws SQLException {
        try (PreparedStatement begin = Statements.prepare(connection, insert, log.id())) {
            begin.setString(2, field);
            begin.executeUpdate();
        }
    }

    /** From now on all that were filled in are found by. */
    void finish(Connection connection, LogRow log, long epoch) throws SQLException {
        Statements.update(connection, finish, epoch, log.id());
    }

    void delete(Connection connection, FieldRow field) throws SQLException {
        Statements.update(connection, delete, field.id());
    }
}
