package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogEntry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An append as one statement, which moves the end of the log and inserts the records, one array for each column: PostgreSQL's way. */
final class ArrayAppend {
    private final String statement;

    ArrayAppend(Tables tables) {
        this.statement =
                tables.sql("WITH moved AS (UPDATE {logs} SET next_offset = ?, total_bytes = ?, last_written = ?"
                        + " WHERE id = ? AND epoch = ? AND next_offset = ? RETURNING id)"
                        + " INSERT INTO {records} (log_id, place, record_key, header, payload, ends, written, key_hash)"
                        + " SELECT moved.id, ? + number - 1, record_key, header, payload, ends, ?, key_hash"
                        + " FROM moved, unnest(?::bytea[], ?::bytea[], ?::bytea[], ?::bigint[], ?::bigint[])"
                        + " WITH ORDINALITY AS row (record_key, header, payload, ends, key_hash, number)");
    }

    /** Returns whether it did so: whether the end was where the writer takes it to be, and the epoch is the newest. */
    boolean append(Connection connection, LogRow log, long epoch, LogEnd from, LogEnd to, List<LogEntry> entries)
            throws SQLException {
        try (PreparedStatement append = connection.prepareStatement(statement)) {
            Statements.set(append, to.next(), to.bytes(), to.written(), log.id(), epoch, from.next());
            append.setLong(7, from.next());
            append.setLong(8, to.written());
            append.setArray(9, bytes(connection, entries.stream().map(LogEntry::key)));
            append.setArray(10, bytes(connection, entries.stream().map(LogEntry::header)));
            append.setArray(11, bytes(connection, entries.stream().map(LogEntry::payload)));
            append.setArray(12, connection.createArrayOf("int8", ends(from.bytes(), entries)));
            append.setArray(13, connection.createArrayOf("int8", hashes(log, entries)));
            return append.executeUpdate() == entries.size();
        }
    }

    private static Array bytes(Connection connection, Stream<byte[]> values) throws SQLException {
        return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
    }

    private static Long[] ends(long before, List<LogEntry> entries) {
        Long[] ends = new Long[entries.size()];
        long end = before;
        for (int i = 0; i < ends.length; i++) {
            end += entries.get(i).size();
            ends[i] = end;
        }
        return ends;
    }

    private static @Nullable Long[] hashes(LogRow log, List<LogEntry> entries) {
        @Nullable Long[] hashes = new Long[entries.size()];
        for (int i = 0; log.keyed() && i < hashes.length; i++) {
            hashes[i] = KeyHash.of(entries.get(i).key());
        }
        return hashes;
    }
}
