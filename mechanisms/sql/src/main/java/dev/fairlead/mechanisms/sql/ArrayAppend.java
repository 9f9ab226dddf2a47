package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogEntry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An append as one statement, which moves the end of the log and inserts the records, one array for each column: PostgreSQL's way. It may stand
 * alone, as a transaction of its own; one that arrives late does nothing once {@link LogRows#settle} was done.
 */
final class ArrayAppend {
    private final String statement;

    ArrayAppend(Tables tables) {
        this.statement =
                tables.sql("WITH moved AS (UPDATE {logs} SET next_offset = ?, total_bytes = ?, last_written = ?"
                        + " WHERE id = ? AND epoch = ? AND next_offset = ? AND last_written = ?"
                        + " RETURNING id)"
                        + " INSERT INTO {records} (log_id, place, record_key, header, payload, ends, written, key_hash)"
                        + " SELECT moved.id, ? + number - 1, record_key, header, payload, ends, ?, key_hash"
                        + " FROM moved, unnest(?::bytea[], ?::bytea[], ?::bytea[], ?::bigint[], ?::bigint[])"
                        + " WITH ORDINALITY AS row (record_key, header, payload, ends, key_hash, number)");
    }

    /** Returns whether it did so: whether the end was where the writer takes it to be, and the epoch is the newest. */
    boolean append(Connection connection, Append append) throws SQLException {
        LogEnd from = append.from();
        LogEnd to = append.to();
        List<LogEntry> entries = append.entries();
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            Statements.set(
                    insert,
                    to.next(),
                    to.bytes(),
                    to.written(),
                    append.log().id(),
                    append.epoch(),
                    from.next(),
                    from.written(),
                    from.next(),
                    to.written());
            insert.setArray(10, bytes(connection, entries.stream().map(LogEntry::key)));
            insert.setArray(11, bytes(connection, entries.stream().map(LogEntry::header)));
            insert.setArray(12, bytes(connection, entries.stream().map(LogEntry::payload)));
            insert.setArray(13, connection.createArrayOf("int8", ends(from.bytes(), entries)));
            insert.setArray(14, connection.createArrayOf("int8", hashes(append.log(), entries)));
            return insert.executeUpdate() == entries.size();
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
