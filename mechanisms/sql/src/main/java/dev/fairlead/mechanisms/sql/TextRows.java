package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.SearchedFields;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    TextRows(Tables tables) {
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
        Map<ByteBuffer, LogRecord> newest = newest(records);
        try (PreparedStatement delete = connection.prepareStatement(clearAll)) {
            for (LogRecord record : newest.values()) {
                setKey(delete, log, record);
                delete.addBatch();
            }
            delete.executeBatch();
        }
        insert(connection, log, ids, newest, fields);
    }

    /** The same for the texts of these fields only. */
    void replace(
            Connection connection, LogRow log, Map<String, Long> ids, List<LogRecord> records, SearchedFields fields)
            throws SQLException {
        Map<ByteBuffer, LogRecord> newest = newest(records);
        if (newest.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(clear)) {
            for (LogRecord record : newest.values()) {
                for (long id : ids.values()) {
                    setKey(delete, log, record);
                    delete.setLong(4, id);
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        }
        insert(connection, log, ids, newest, fields);
    }

    private static Map<ByteBuffer, LogRecord> newest(List<LogRecord> records) {
        Map<ByteBuffer, LogRecord> newest = new LinkedHashMap<>();
        for (LogRecord record : records) {
            if (!record.isErased()) {
                newest.put(ByteBuffer.wrap(record.key()), record);
            }
        }
        return newest;
    }

    private static void setKey(PreparedStatement statement, LogRow log, LogRecord record) throws SQLException {
        Statements.set(statement, log.id(), KeyHash.of(record.key()));
        statement.setBytes(3, record.key());
    }

    private void insert(
            Connection connection,
            LogRow log,
            Map<String, Long> ids,
            Map<ByteBuffer, LogRecord> newest,
            SearchedFields fields)
            throws SQLException {
        boolean any = false;
        try (PreparedStatement row = connection.prepareStatement(insert)) {
            for (LogRecord record : newest.values()) {
                for (Map.Entry<String, String> text :
                        fields.texts(record.payload()).entrySet()) {
                    Long id = ids.get(text.getKey());
                    if (id == null) {
                        continue;
                    }
                    row.setLong(1, id);
                    row.setBytes(2, FieldText.of(text.getValue()));
                    row.setBytes(3, record.key());
                    row.setLong(4, log.id());
                    row.setLong(5, KeyHash.of(record.key()));
                    row.setLong(6, record.offset());
                    row.addBatch();
                    any = true;
                }
            }
            if (any) {
                row.executeBatch();
            }
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
