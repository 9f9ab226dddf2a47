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
import java.util.Arrays;
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
    private final String last;

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
        this.last = tables.sql(
                "SELECT place, record_key, header, payload, ends, written FROM {records} WHERE log_id = ? AND place = ?");
    }

    /** Appends at the end, whose place stands in the append then; OUTCOME_UNKNOWN when the last attempt got no answer. */
    void append(Append append) {
        if (isForArrays(append) && appendAtOnce(append)) {
            return;
        }
        database.once(what(append), connection -> {
            place(connection, append);
            return true;
        });
    }

    /** The same where values are found by fields: what the index notes is of the same transaction. */
    void append(Append append, SearchIndex index) {
        database.once(what(append), connection -> {
            if (!isForArrays(append) || !arrays.append(connection, append)) {
                place(connection, append);
            }
            index.note(connection, append.from().next(), append.entries());
            return true;
        });
    }

    private boolean isForArrays(Append append) {
        return database.dialect().takesArrays() && !append.hasEvents();
    }

    private void place(Connection connection, Append append) throws SQLException {
        if (!move(connection, append)) {
            append.startAt(logs.lockedBy(connection, append.log(), append.epoch()));
            move(connection, append);
        }
        insert(connection, append);
    }

    /** Returns false, and has done nothing, when the end is elsewhere or the epoch has ended. */
    private boolean appendAtOnce(Append append) {
        return database.statement(what(append), connection -> arrays.append(connection, append));
    }

    private static String what(Append append) {
        return "appending to log " + append.log().name();
    }

    /** Whether an append of which nothing is under way any more was done; none when its last record may have been taken away since. */
    Optional<Boolean> holds(Append append) {
        LogRow log = append.log();
        LogEnd to = append.to();
        return database.read("looking for records of log " + log.name(), connection -> {
            if (logs.head(connection, log).bounds().end() < to.next()) {
                return Optional.of(false);
            }
            try (PreparedStatement select = Statements.prepare(connection, last, log.id(), to.next() - 1);
                    ResultSet row = select.executeQuery()) {
                if (!row.next() || isErased(record(row))) {
                    return Optional.<Boolean>empty();
                }
                boolean sameEnd = row.getLong(5) == to.bytes() && row.getLong(6) == to.written();
                return Optional.of(sameEnd && isOf(append.entries().getLast(), record(row)));
            }
        });
    }

    private boolean move(Connection connection, Append append) throws SQLException {
        LogEnd to = append.to();
        return Statements.update(
                        connection,
                        move,
                        to.next(),
                        to.bytes(),
                        to.written(),
                        append.log().id(),
                        append.epoch(),
                        append.from().next())
                == 1;
    }

    private void insert(Connection connection, Append append) throws SQLException {
        LogRow log = append.log();
        boolean events = append.hasEvents();
        long written = append.to().written();
        try (PreparedStatement row = connection.prepareStatement(events ? insertEvent : insert)) {
            long place = append.from().next();
            long ends = append.from().bytes();
            for (LogEntry entry : append.entries()) {
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

    private static boolean isOf(LogEntry entry, LogRecord record) {
        return Arrays.equals(entry.key(), record.key())
                && Arrays.equals(entry.header(), record.header())
                && Arrays.equals(entry.payload(), record.payload());
    }

    private static LogRecord record(ResultSet row) throws SQLException {
        return new LogRecord(row.getLong(1), row.getBytes(2), row.getBytes(3), row.getBytes(4));
    }
}
