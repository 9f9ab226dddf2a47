package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.SearchedFields;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest records of a log by texts.
 *
 * <p>One statement reads the index, the records, and whether the fields are whole, so all are of one moment.
 */
final class Finds {
    private static final int MOST_RECORDS = 1000;
    private static final long MOST_BYTES = 4L << 20;
    private static final byte[] FIRST = {};

    private final Database database;
    private final Tables tables;
    private final RecordRows records;
    private final FieldRows fields;

    Finds(Database database, RecordRows records, Tables tables) {
        this.database = database;
        this.records = records;
        this.tables = tables;
        this.fields = new FieldRows(tables);
    }

    FoundRecords find(LogRow log, Map<String, String> texts, byte @Nullable [] after, int most) {
        if (texts.isEmpty() || most < 1) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a search in log " + log.name() + " is for one field and one record at least (it names "
                            + texts.size() + " fields and " + most + " records)");
        }
        Map<String, String> ordered = new TreeMap<>(texts);
        int limit = Math.min(most, MOST_RECORDS);
        return database.read("a search in log " + log.name(), connection -> {
            try (PreparedStatement select = connection.prepareStatement(statement(ordered.size()))) {
                set(select, log, ordered, after == null ? FIRST : after, limit);
                select.setFetchSize(limit);
                return page(connection, log, ordered, select, limit);
            }
        });
    }

    /**
     * A row that tells of the log comes in any case, beside each record or alone. What is found is cut by its number first, and then by its
     * size, of which one record may have more.
     */
    private String statement(int size) {
        StringBuilder others = new StringBuilder();
        for (int i = 1; i < size; i++) {
            String other = "t" + i;
            others.append(
                    " JOIN {texts} %1$s ON %1$s.field_id = (SELECT id FROM {fields} WHERE log_id = ? AND field = ?)"
                            .formatted(other));
            others.append(" AND %1$s.field_text = ? AND %1$s.record_key = t0.record_key".formatted(other));
        }
        String found = "SELECT r.log_id, r.place, r.record_key, r.header, r.payload FROM {texts} t0" + others
                + " " + database.dialect().joinBehind() + " {records} r ON r.log_id = t0.log_id AND r.place = t0.place"
                + " WHERE t0.field_id = (SELECT id FROM {fields} WHERE log_id = ? AND field = ?)"
                + " AND t0.field_text = ? AND t0.record_key > ? ORDER BY t0.record_key LIMIT ?";
        String measured =
                "SELECT f.*, SUM(OCTET_LENGTH(f.payload)) OVER (ORDER BY f.record_key) - OCTET_LENGTH(f.payload)"
                        + " AS bytes_before FROM (" + found + ") f";
        return tables.sql("SELECT l.epoch, (SELECT COUNT(*) FROM {fields} w WHERE w.log_id = l.id AND w.epoch = l.epoch"
                + " AND w.field IN (?" + ", ?".repeat(size - 1) + ")), p.place, p.record_key, p.header, p.payload"
                + " FROM {logs} l LEFT JOIN (" + measured + ") p ON p.log_id = l.id AND p.bytes_before < " + MOST_BYTES
                + " WHERE l.id = ? ORDER BY p.record_key");
    }

    private static void set(PreparedStatement select, LogRow log, Map<String, String> texts, byte[] after, int limit)
            throws SQLException {
        int at = 1;
        for (String field : texts.keySet()) {
            select.setString(at++, stored(field));
        }
        List<Map.Entry<String, String>> each = List.copyOf(texts.entrySet());
        for (Map.Entry<String, String> other : each.subList(1, each.size())) {
            at = setText(select, at, log, other);
        }
        at = setText(select, at, log, each.getFirst());
        select.setBytes(at++, after);
        select.setInt(at++, limit);
        select.setLong(at, log.id());
    }

    private static int setText(PreparedStatement select, int at, LogRow log, Map.Entry<String, String> text)
            throws SQLException {
        select.setLong(at, log.id());
        select.setString(at + 1, stored(text.getKey()));
        select.setBytes(at + 2, FieldText.of(text.getValue()));
        return at + 3;
    }

    /** What cannot be stored is no declared field. */
    private static String stored(String field) {
        return StoredText.of(field, SearchedFields.MAX_NAME + 1);
    }

    private FoundRecords page(
            Connection connection, LogRow log, Map<String, String> texts, PreparedStatement select, int limit)
            throws SQLException {
        List<LogRecord> found = new ArrayList<>();
        long bytes = 0;
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (row.getLong(1) > 0 && row.getInt(2) < texts.size()) {
                    throw notWhole(log, texts, fields.of(connection, log), row.getLong(1));
                }
                long place = row.getLong(3);
                if (!row.wasNull()) {
                    found.add(new LogRecord(place, row.getBytes(4), row.getBytes(5), row.getBytes(6)));
                    bytes += found.getLast().payload().length;
                }
            }
        }
        boolean isCut = found.size() == limit || bytes >= MOST_BYTES;
        byte @Nullable [] next = isCut ? found.getLast().key() : null;
        for (int i = 0; i < found.size(); i++) {
            found.set(i, records.checked(connection, log, List.of(found.get(i))).getFirst());
        }
        return new FoundRecords(found, next);
    }

    private static FairleadException notWhole(LogRow log, Map<String, String> texts, List<FieldRow> there, long epoch) {
        for (String field : texts.keySet()) {
            if (there.stream().noneMatch(each -> each.name().equals(field))) {
                return new FairleadException(
                        ErrorCode.PLAN,
                        "values of log " + log.name() + " are not found by " + field
                                + ": its newest owner does not declare that field (start the owner with a plan in which a need"
                                + " has `by` with it)");
            }
        }
        return new FairleadException(
                ErrorCode.UNREACHABLE,
                "values of log " + log.name() + " are not yet found by all of " + texts.keySet()
                        + ": its owner of epoch " + epoch
                        + " fills them in, or keeps no fields (try again; if it lasts,"
                        + " start the owner anew with this version)");
    }
}
