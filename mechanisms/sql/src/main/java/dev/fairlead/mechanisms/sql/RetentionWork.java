package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.server.Nanos;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes away what the retention of a log lets go, some hundred rows in each transaction. The bounds move in the transaction that takes the
 * rows, so that no reader takes it for a loss.
 */
final class RetentionWork {
    private static final int ROWS = 1000;

    private final Database database;
    private final LogRows logs;
    private final String oldest;
    private final String start;
    private final String trim;
    private final String page;
    private final String count;
    private final String compacted;
    private final String drop;

    RetentionWork(Database database, LogRows logs, Tables tables) {
        this.database = database;
        this.logs = logs;
        this.oldest = tables.sql("SELECT MAX(p.place) FROM (SELECT place, written FROM {records} WHERE log_id = ?"
                + " ORDER BY place LIMIT " + ROWS + ") p WHERE p.written <= ?");
        this.start = tables.sql("UPDATE {logs} SET start_offset = ? WHERE id = ? AND start_offset < ?");
        this.trim = tables.sql("DELETE FROM {records} WHERE log_id = ? AND place < ?");
        this.page = tables.sql("SELECT MAX(p.place) FROM (SELECT place FROM {records} WHERE log_id = ? AND place >= ?"
                + " AND place < ? ORDER BY place LIMIT " + ROWS + ") p");
        this.count = tables.sql("SELECT COUNT(*) FROM {records} WHERE log_id = ? AND place < ?");
        this.compacted = tables.sql("UPDATE {logs} SET compacted_below = ? WHERE id = ? AND compacted_below < ?");
        this.drop = tables.sql("DELETE FROM {records} WHERE log_id = ? AND place >= ? AND place < ?"
                + " AND (key_hash IS NULL OR "
                + database.dialect()
                        .superseded("n.log_id = {records}.log_id AND n.key_hash = {records}.key_hash"
                                + " AND n.record_key = {records}.record_key")
                + ")");
    }

    /** Takes away everything that may go. */
    void apply(LogRow log, long now) {
        switch (log.retention()) {
            case Retention.KeepAll all -> {}
            case Retention.KeepFor limited -> trim(log, now - Nanos.of(limited.time()));
            case Retention.LatestPerKey latest ->
                compact(log, logs.head(log).bounds().end());
        }
    }

    /** Takes away what may go, when it is worth the work: as much superseded as there is kept below it. */
    void applyGently(LogRow log, long now) {
        if (!log.keyed()) {
            apply(log, now);
            return;
        }
        LogBounds bounds = logs.head(log).bounds();
        long fresh = bounds.end() - bounds.compactedBelow();
        if (fresh > ROWS && fresh > rowsBelow(log, bounds.compactedBelow())) {
            compact(log, bounds.end() - ROWS);
        }
    }

    private void trim(LogRow log, long oldEnough) {
        while (database.again("trimming log " + log.name(), connection -> trimPage(connection, log, oldEnough))) {
            // One page after another.
        }
    }

    private boolean trimPage(Connection connection, LogRow log, long oldEnough) throws SQLException {
        long below = Statements.next(connection, oldest, log.id(), oldEnough);
        if (below == 0) {
            return false;
        }
        Statements.update(connection, start, below, log.id(), below);
        return Statements.update(connection, trim, log.id(), below) >= ROWS;
    }

    private void compact(LogRow log, long below) {
        long from = 0;
        while (from < below) {
            long begin = from;
            from = database.again(
                    "compacting log " + log.name(), connection -> compactPage(connection, log, begin, below));
        }
    }

    /** Where the next page begins. */
    private long compactPage(Connection connection, LogRow log, long from, long below) throws SQLException {
        long until = Statements.next(connection, page, log.id(), from, below);
        if (until == 0) {
            Statements.update(connection, compacted, below, log.id(), below);
            return below;
        }
        Statements.update(connection, compacted, until, log.id(), until);
        Statements.update(connection, drop, log.id(), from, until);
        return until;
    }

    private long rowsBelow(LogRow log, long below) {
        return database.read(
                "counting records of log " + log.name(),
                connection -> Statements.number(connection, count, log.id(), below));
    }
}
