package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.server.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of the records. An append moves the end of its log in the same transaction, and holds that row to the end of it: so offsets
 * have no gap, and whoever sees a record sees all before it.
 */
final class RecordRows {
    private static final String COLUMNS =
            "SELECT place, record_key, header, payload, ends FROM {records} WHERE log_id = ?";

    private static final int EVENT = 9;

    private final Database database;
    private final LogRows logs;
    private final ArrayAppend arrays;
    private final String move;
    private final String insert;
    private final String insertEvent;
    private final String foreign;
    private final String page;
    private final String first;
    private final String latest;

    RecordRows(Database database, LogRows logs, Tables tables) {
        this.database = database;
        this.logs = logs;
        this.arrays = new ArrayAppend(tables);
        this.move = tables.sql("UPDATE {logs} SET next_offset = ?, total_bytes = ?, last_written = ?"
                + " WHERE id = ? AND epoch = ? AND next_offset = ?");
        this.insert =
                tables.sql("INSERT INTO {records} (log_id, place, record_key, header, payload, ends, written, key_hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        this.insertEvent = tables.sql(
                "INSERT INTO {records} (log_id, place, record_key, header, payload, ends, written, key_hash, "
                        + EventColumns.LIST + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, " + EventColumns.PARAMETERS + ")");
        this.foreign = tables.sql("SELECT place, written, " + EventColumns.LIST + " FROM {records}"
                + " WHERE log_id = ? AND place >= ? AND place <= ? AND ce_specversion IS NOT NULL");
        this.page = tables.sql(COLUMNS + " AND place >= ? AND place < ? AND ends <= ? ORDER BY place LIMIT ?");
        this.first = tables.sql(
                "SELECT place, ends FROM {records} WHERE log_id = ? AND place >= ? AND place < ? ORDER BY place LIMIT 1");
        this.latest = tables.sql(COLUMNS + " AND key_hash = ? AND record_key = ? ORDER BY place DESC LIMIT 1");
    }

    /**
     * Appends at the end.
     *
     * @param end where the writer takes the end to be
     * @return where the end was
     */
    LogEnd append(LogRow log, long epoch, LogEnd end, List<LogEntry> entries, long now) {
        return database.once("appending to log " + log.name(), connection -> {
            LogEnd found = end;
            boolean plain = entries.stream().allMatch(entry -> entry.event() == null);
            if (plain
                    && database.dialect().takesArrays()
                    && arrays.append(connection, log, epoch, found, after(found, entries, now), entries)) {
                return found;
            }
            if (!move(connection, log, epoch, found, after(found, entries, now))) {
                found = logs.lockedBy(connection, log, epoch);
                move(connection, log, epoch, found, after(found, entries, now));
            }
            insert(connection, log, found, entries, Math.max(now, found.written()));
            return found;
        });
    }

    /** The same where values are found by fields: what the index notes is of the same transaction. */
    LogEnd append(LogRow log, long epoch, LogEnd end, List<LogEntry> entries, long now, SearchIndex index) {
        return database.once("appending to log " + log.name(), connection -> {
            LogEnd found = end;
            if (!move(connection, log, epoch, found, after(found, entries, now))) {
                found = logs.lockedBy(connection, log, epoch);
                move(connection, log, epoch, found, after(found, entries, now));
            }
            insert(connection, log, found, entries, Math.max(now, found.written()));
            index.note(connection, found.next(), entries);
            return found;
        });
    }

    static LogEnd after(LogEnd end, List<LogEntry> entries, long now) {
        long bytes = entries.stream().mapToLong(LogEntry::size).sum();
        return new LogEnd(end.next() + entries.size(), end.bytes() + bytes, Math.max(now, end.written()));
    }

    private boolean move(Connection connection, LogRow log, long epoch, LogEnd from, LogEnd to) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(move)) {
            update.setLong(1, to.next());
            update.setLong(2, to.bytes());
            update.setLong(3, to.written());
            update.setLong(4, log.id());
            update.setLong(5, epoch);
            update.setLong(6, from.next());
            return update.executeUpdate() == 1;
        }
    }

    private void insert(Connection connection, LogRow log, LogEnd from, List<LogEntry> entries, long written)
            throws SQLException {
        boolean events = entries.stream().anyMatch(entry -> entry.event() != null);
        try (PreparedStatement row = connection.prepareStatement(events ? insertEvent : insert)) {
            long place = from.next();
            long ends = from.bytes();
            for (LogEntry entry : entries) {
                ends += entry.size();
                row.setLong(1, log.id());
                row.setLong(2, place++);
                row.setBytes(3, entry.key());
                row.setBytes(4, entry.header());
                row.setBytes(5, entry.payload());
                row.setLong(6, ends);
                row.setLong(7, written);
                if (log.keyed()) {
                    row.setLong(8, KeyHash.of(entry.key()));
                } else {
                    row.setNull(8, Types.BIGINT);
                }
                if (events) {
                    EventColumns.set(row, EVENT, entry.attributes());
                }
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    /** Records with the byte count of the log at the end of the last one. */
    record Page(List<LogRecord> records, long ends) {}

    /** The first records of a range, as far as the byte count of the log does not go beyond a limit. */
    Page page(Connection connection, LogRow log, long from, long until, long mostEnds, int most) throws SQLException {
        List<LogRecord> records = new ArrayList<>();
        long ends = 0;
        try (PreparedStatement select = connection.prepareStatement(page)) {
            select.setLong(1, log.id());
            select.setLong(2, from);
            select.setLong(3, until);
            select.setLong(4, mostEnds);
            select.setInt(5, most);
            select.setFetchSize(most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    records.add(record(row));
                    ends = row.getLong(5);
                }
            }
        }
        return new Page(checked(connection, log, records), ends);
    }

    /** The byte count of the log at the end of the first record of a range; none when the range holds no record. */
    Optional<Long> firstEnds(Connection connection, LogRow log, long from, long until) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(first)) {
            select.setLong(1, log.id());
            select.setLong(2, from);
            select.setLong(3, until);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(2)) : Optional.empty();
            }
        }
    }

    Optional<LogRecord> latest(LogRow log, byte[] key) {
        return database.read("a lookup in log " + log.name(), connection -> {
            try (PreparedStatement select = connection.prepareStatement(latest)) {
                select.setLong(1, log.id());
                select.setLong(2, KeyHash.of(key));
                select.setBytes(3, key);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(checked(connection, log, List.of(record(row)))
                                    .getFirst())
                            : Optional.<LogRecord>empty();
                }
            }
        });
    }

    /** The records as they are, within the limits, and where another program wrote one without an envelope, with its attributes instead. */
    List<LogRecord> checked(Connection connection, LogRow log, List<LogRecord> records) throws SQLException {
        List<LogRecord> whole = records.stream().anyMatch(RecordRows::mayBeForeign)
                ? withForeignHeaders(connection, log, records)
                : records;
        return whole.stream()
                .map(each -> isErased(each) ? each : LogLimits.found(each))
                .toList();
    }

    private List<LogRecord> withForeignHeaders(Connection connection, LogRow log, List<LogRecord> records)
            throws SQLException {
        Map<Long, byte[]> headers = new HashMap<>();
        long last = records.getLast().offset();
        try (PreparedStatement select = Statements.prepare(
                        connection, foreign, log.id(), records.getFirst().offset(), last);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Map<String, String> attributes = EventColumns.read(row, 3);
                attributes.putIfAbsent("time", Nanos.moment(row.getLong(2)).toString());
                headers.put(row.getLong(1), ForeignHeader.of(attributes));
            }
        }
        return records.stream()
                .map(each -> mayBeForeign(each)
                        ? new LogRecord(
                                each.offset(),
                                each.key(),
                                headers.getOrDefault(each.offset(), each.header()),
                                each.payload())
                        : each)
                .toList();
    }

    private static boolean mayBeForeign(LogRecord record) {
        return record.header().length == 0 && !isErased(record);
    }

    /** An erased place has neither key nor content. */
    private static boolean isErased(LogRecord record) {
        return record.key().length + record.header().length + record.payload().length == 0;
    }

    private static LogRecord record(ResultSet row) throws SQLException {
        return new LogRecord(row.getLong(1), row.getBytes(2), row.getBytes(3), row.getBytes(4));
    }
}
