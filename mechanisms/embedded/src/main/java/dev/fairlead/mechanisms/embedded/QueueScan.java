package dev.fairlead.mechanisms.embedded;

import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads rows of a queue in their order. */
final class QueueScan {
    /** A row: its key's numbers and its value; the second number is 0 where the kind has one only. */
    record Row(long first, long second, byte[] value) {}

    private QueueScan() {}

    /** The rows of the kind from the first number on and below the other one, up to so many of so many bytes, at least one. */
    static List<Row> read(Database database, int queue, Kind kind, long from, long below, int most, long bytes) {
        return database.read(handles -> read(handles, queue, kind, from, below, most, bytes));
    }

    static List<Row> read(Handles handles, int queue, Kind kind, long from, long below, int most, long bytes)
            throws RocksDBException {
        try (RocksIterator rows = handles.database().newIterator(handles.family(Family.MESSAGES))) {
            List<Row> found = new ArrayList<>();
            long size = 0;
            rows.seek(QueueKeys.key(queue, kind, from));
            while (rows.isValid() && found.size() < most && size < bytes) {
                Row row = row(rows, queue, kind);
                if (row == null || row.first() >= below || !found.isEmpty() && size + row.value().length > bytes) {
                    break;
                }
                found.add(row);
                size += row.value().length;
                rows.next();
            }
            rows.status();
            return found;
        }
    }

    /** What is done with a row. */
    @FunctionalInterface
    interface Look {
        void at(Row row) throws RocksDBException;
    }

    /** Looks at all rows of the kind. */
    static void each(Handles handles, int queue, Kind kind, Look look) throws RocksDBException {
        try (RocksIterator rows = handles.database().newIterator(handles.family(Family.MESSAGES))) {
            rows.seek(QueueKeys.key(queue, kind, 0));
            for (Row row = first(rows, queue, kind); row != null; row = first(rows, queue, kind)) {
                look.at(row);
                rows.next();
            }
            rows.status();
        }
    }

    private static @Nullable Row first(RocksIterator rows, int queue, Kind kind) {
        return rows.isValid() ? row(rows, queue, kind) : null;
    }

    private static @Nullable Row row(RocksIterator rows, int queue, Kind kind) {
        byte[] key = rows.key();
        if (!QueueKeys.is(key, queue, kind)) {
            return null;
        }
        boolean two = kind == Kind.LATER || kind == Kind.DISMISSED;
        return new Row(QueueKeys.first(key), two ? QueueKeys.second(key) : 0, rows.value());
    }

    /** The first moment at or after the given one at which a message becomes ready; {@link Long#MAX_VALUE} if there is none. */
    static long nextDue(Handles handles, int queue, long from) throws RocksDBException {
        try (RocksIterator rows = handles.database().newIterator(handles.family(Family.MESSAGES))) {
            rows.seek(QueueKeys.key(queue, Kind.LATER, from));
            boolean found = rows.isValid() && QueueKeys.is(rows.key(), queue, Kind.LATER);
            long due = found ? QueueKeys.first(rows.key()) : Long.MAX_VALUE;
            rows.status();
            return due;
        }
    }

    static byte @Nullable [] find(Handles handles, int queue, Kind kind, long number) throws RocksDBException {
        return handles.database().get(handles.family(Family.MESSAGES), QueueKeys.key(queue, kind, number));
    }
}
