package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.SearchedFields;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the texts: which key has which text in which field, and where its newest record stands.
 *
 * <p>They change in the transaction that appends the record, below the lock of the log's row. Only newest records have any, so nothing
 * that retention or an erasure takes away has texts.
 */
final class TextRows {
    private static final int PIECE = 5000;

    private final String clear;
    private final String clearAll;
    private final String insert;
    private final String beyond;
    private final String drop;
    private final String dropBelow;
    private final @Nullable ArrayTexts arrays;

    TextRows(Tables tables, Dialect dialect) {
        this.arrays = dialect.takesArrays() ? new ArrayTexts(tables) : null;
        this.clear =
                tables.sql("DELETE FROM {texts} WHERE log_id = ? AND key_hash = ? AND record_key = ? AND field_id = ?");
        this.clearAll = tables.sql("DELETE FROM {texts} WHERE log_id = ? AND key_hash = ? AND record_key = ?");
        this.insert = tables.sql("INSERT INTO {texts} (field_id, field_text, record_key, log_id, key_hash, place)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
        this.beyond = tables.sql("SELECT field_text, record_key FROM {texts} WHERE field_id = ?"
                + " ORDER BY field_text, record_key LIMIT 1 OFFSET " + PIECE);
        this.drop = tables.sql("DELETE FROM {texts} WHERE field_id = ?");
        this.dropBelow = tables.sql("DELETE FROM {texts} WHERE field_id = ?"
                + " AND (field_text < ? OR (field_text = ? AND record_key < ?))");
    }

    /** Notes the texts of records that are the newest of their keys now, in place of all earlier texts of those keys. */
    void replaceAll(
            Connection connection, LogRow log, Map<String, Long> ids, List<LogRecord> records, SearchedFields fields)
            throws SQLException {
        Collection<LogRecord> newest = newest(records);
        clearAll(connection, log, newest);
        insert(connection, log, texts(ids, newest, fields));
    }

    /** The same for the texts of these fields only. */
    void replace(
            Connection connection, LogRow log, Map<String, Long> ids, List<LogRecord> records, SearchedFields fields)
            throws SQLException {
        Collection<LogRecord> newest = newest(records);
        if (!newest.isEmpty()) {
            clear(connection, log, newest, ids.values());
            insert(connection, log, texts(ids, newest, fields));
        }
    }

    private static Collection<LogRecord> newest(List<LogRecord> records) {
        Map<ByteBuffer, LogRecord> newest = new LinkedHashMap<>();
        for (LogRecord record : records) {
            if (!record.isErased()) {
                newest.put(ByteBuffer.wrap(record.key()), record);
            }
        }
        return newest.values();
    }

    private static List<TextRow> texts(Map<String, Long> ids, Collection<LogRecord> newest, SearchedFields fields) {
        List<TextRow> rows = new ArrayList<>();
        for (LogRecord record : newest) {
            fields.texts(record.payload()).forEach((field, text) -> {
                Long id = ids.get(field);
                if (id != null) {
                    rows.add(new TextRow(id, FieldText.of(text), record));
                }
            });
        }
        return rows;
    }

    private void clearAll(Connection connection, LogRow log, Collection<LogRecord> newest) throws SQLException {
        if (arrays != null) {
            arrays.clear(connection, log, newest);
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(clearAll)) {
            for (LogRecord record : newest) {
                setKey(delete, log, record);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private void clear(Connection connection, LogRow log, Collection<LogRecord> newest, Collection<Long> ids)
            throws SQLException {
        if (arrays != null) {
            arrays.clear(connection, log, newest, ids);
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(clear)) {
            for (LogRecord record : newest) {
                for (long id : ids) {
                    setKey(delete, log, record);
                    delete.setLong(4, id);
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        }
    }

    private static void setKey(PreparedStatement statement, LogRow log, LogRecord record) throws SQLException {
        Statements.set(statement, log.id(), KeyHash.of(record.key()));
        statement.setBytes(3, record.key());
    }

    private void insert(Connection connection, LogRow log, List<TextRow> texts) throws SQLException {
        if (texts.isEmpty()) {
            return;
        }
        if (arrays != null) {
            arrays.insert(connection, log, texts);
            return;
        }
        try (PreparedStatement row = connection.prepareStatement(insert)) {
            for (TextRow text : texts) {
                LogRecord record = text.record();
                row.setLong(1, text.field());
                row.setBytes(2, text.text());
                row.setBytes(3, record.key());
                row.setLong(4, log.id());
                row.setLong(5, KeyHash.of(record.key()));
                row.setLong(6, record.offset());
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    /** Drops some of a field's texts; returns whether there are more. */
    boolean dropSome(Connection connection, FieldRow field) throws SQLException {
        try (PreparedStatement select = Statements.prepare(connection, beyond, field.id());
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                dropBelow(connection, field, row.getBytes(1), row.getBytes(2));
                return true;
            }
        }
        Statements.update(connection, drop, field.id());
        return false;
    }

    private void dropBelow(Connection connection, FieldRow field, byte[] text, byte[] key) throws SQLException {
        try (PreparedStatement delete = Statements.prepare(connection, dropBelow, field.id())) {
            delete.setBytes(2, text);
            delete.setBytes(3, text);
            delete.setBytes(4, key);
            delete.executeUpdate();
        }
    }
}
