package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.server.Polling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a log from its table; at the end it waits for a hint, and looks by itself now and then. */
final class SqlLogReader implements LogReader, Opening.Member {
    private static final long MOST_BYTES = 4L << 20;
    private static final int MOST_RECORDS = 10_000;

    private final Opening opening;
    private final LogTables tables;
    private final LogRow log;
    private final Polling polling;
    private long beats;
    /** The byte count of the log at the end of what was read last; a guess after a seek. */
    private long ends;

    private volatile long next;
    private volatile boolean closed;

    SqlLogReader(Opening opening, LogTables tables, LogRow log, long offset) {
        this.opening = opening;
        this.tables = tables;
        this.log = log;
        this.polling = tables.server().polling(BellNames.log(log.id()));
        this.next = Math.max(0, offset);
        opening.join(this);
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        int most = Math.min(maxRecords, MOST_RECORDS);
        return polling.poll(wait, () -> look(most), batch -> !batch.records().isEmpty() || batch.beat() != null);
    }

    /** What was found, and where the reader stands after it. */
    private record Look(LogBatch batch, long next, long ends, long beats) {}

    private LogBatch look(int most) {
        requireOpen();
        Server server = tables.server();
        long from = next;
        Look look = server.workers()
                .callInterruptibly(() -> server.database()
                        .read("reading log " + log.name(), connection -> look(connection, from, most)));
        requireOpen();
        next = look.next();
        ends = look.ends();
        beats = look.beats();
        return look.batch();
    }

    private Look look(Connection connection, long wanted, int most) throws SQLException {
        Head head = tables.logs().head(connection, log);
        LogBounds bounds = head.bounds();
        Beat beat = head.beats() == beats ? null : head.beat();
        long from = Math.max(wanted, Math.min(bounds.start(), bounds.end()));
        if (from >= bounds.end()) {
            return new Look(new LogBatch(List.of(), bounds, beat), from, ends, head.beats());
        }
        RecordRows.Page page = page(connection, from, bounds.end(), most);
        List<LogRecord> records = page.records();
        long until = records.isEmpty() ? bounds.end() : records.getLast().offset() + 1;
        if (records.size() < until - from) {
            bounds = tables.logs().head(connection, log).bounds();
            requireExplained(records, from, until, bounds);
        }
        return new Look(new LogBatch(records, bounds, beat), until, page.ends(), head.beats());
    }

    private RecordRows.Page page(Connection connection, long from, long until, int most) throws SQLException {
        RecordRows.Page page = tables.records().page(connection, log, from, until, ends + MOST_BYTES, most);
        if (!page.records().isEmpty()) {
            return page;
        }
        Optional<Long> first = tables.records().firstEnds(connection, log, from, until);
        return first.isEmpty()
                ? page
                : tables.records().page(connection, log, from, until, first.get() + MOST_BYTES, most);
    }

    /** What is missing must have been let go by retention: then it was so before it was found missing, and the bounds tell. */
    private void requireExplained(List<LogRecord> records, long from, long until, LogBounds bounds) {
        long expected = from;
        for (LogRecord record : records) {
            requireGone(expected, record.offset(), bounds);
            expected = record.offset() + 1;
        }
        requireGone(expected, until, bounds);
    }

    private void requireGone(long expected, long found, LogBounds bounds) {
        if (expected < found && found > bounds.compactedBelow()) {
            throw new FairleadException(
                    ErrorCode.STORAGE_DAMAGED,
                    "log " + log.name() + " in " + tables.server().database().place() + ": the records from "
                            + Math.max(expected, bounds.compactedBelow()) + " to " + (found - 1)
                            + " are missing, and no retention took them (restore the table from a backup)");
        }
    }

    private Server requireOpen() {
        if (closed) {
            throw Failures.closed();
        }
        return opening.server();
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void seek(long offset) {
        next = Math.max(0, offset);
        ends = 0;
    }

    @Override
    public void close() {
        closed = true;
        opening.leave(this);
        polling.wake();
    }

    @Override
    public void end() {
        close();
    }
}
