package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogRecord;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Many texts deleted or inserted by one statement, one array for each column: PostgreSQL's way. */
final class ArrayTexts {
    /** OFFSET 0 has each key looked up in the index, also where the table is taken to be small, and goes on to be when it is no more. */
    private static final String OF_KEYS = "DELETE FROM {texts} WHERE ctid = ANY(ARRAY("
            + "SELECT t.ctid FROM unnest(?::bigint[], ?::bytea[]) AS gone (hash, name), LATERAL (SELECT ctid FROM {texts}"
            + " WHERE log_id = ? AND key_hash = hash AND record_key = name%s OFFSET 0) t))";

    private final String clear;
    private final String clearAll;
    private final String insert;

    ArrayTexts(Tables tables) {
        this.clearAll = tables.sql(OF_KEYS.formatted(""));
        this.clear = tables.sql(OF_KEYS.formatted(" AND field_id = ANY(?::bigint[])"));
        this.insert = tables.sql("INSERT INTO {texts} (field_id, field_text, record_key, log_id, key_hash, place)"
                + " SELECT field_id, field_text, record_key, ?, key_hash, place"
                + " FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::bigint[], ?::bigint[])"
                + " AS row (field_id, field_text, record_key, key_hash, place)");
    }

    /** Deletes all texts of the records' keys. */
    void clear(Connection connection, LogRow log, Collection<LogRecord> records) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(clearAll)) {
            setKeys(connection, delete, log, records);
            delete.executeUpdate();
        }
    }

    /** Deletes the texts of the records' keys in these fields. */
    void clear(Connection connection, LogRow log, Collection<LogRecord> records, Collection<Long> fields)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(clear)) {
            setKeys(connection, delete, log, records);
            delete.setArray(4, numbers(connection, fields.stream()));
            delete.executeUpdate();
        }
    }

    private static void setKeys(
            Connection connection, PreparedStatement delete, LogRow log, Collection<LogRecord> records)
            throws SQLException {
        delete.setArray(1, hashes(connection, records.stream()));
        delete.setArray(2, bytes(connection, records.stream().map(LogRecord::key)));
        delete.setLong(3, log.id());
    }

    void insert(Connection connection, LogRow log, List<TextRow> texts) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement(insert)) {
            rows.setLong(1, log.id());
            rows.setArray(2, numbers(connection, texts.stream().map(TextRow::field)));
            rows.setArray(3, bytes(connection, texts.stream().map(TextRow::text)));
            rows.setArray(
                    4,
                    bytes(connection, texts.stream().map(text -> text.record().key())));
            rows.setArray(5, hashes(connection, texts.stream().map(TextRow::record)));
            rows.setArray(
                    6,
                    numbers(connection, texts.stream().map(text -> text.record().offset())));
            rows.executeUpdate();
        }
    }

    private static Array hashes(Connection connection, Stream<LogRecord> records) throws SQLException {
        return numbers(connection, records.map(record -> KeyHash.of(record.key())));
    }

    private static Array numbers(Connection connection, Stream<Long> numbers) throws SQLException {
        return connection.createArrayOf("int8", numbers.toArray(Long[]::new));
    }

    private static Array bytes(Connection connection, Stream<byte[]> values) throws SQLException {
        return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
    }
}
