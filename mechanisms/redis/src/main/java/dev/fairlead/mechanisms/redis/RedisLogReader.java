package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.server.Polling;
import java.time.Duration;
import java.util.List;

/** Reads a log from its stream; at the end it waits for a hint, and looks by itself now and then. */
final class RedisLogReader implements LogReader, Server.Member {
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_RECORDS = 1000;

    private final Server server;
    private final Logs logs;
    private final LogRow log;
    private final Polling polling;
    private Lineage seen;
    private long beats;
    private long largest;
    private long end;

    private volatile long next;
    private volatile boolean closed;

    RedisLogReader(Server server, Logs logs, LogRow log, long offset, Logs.Head head) {
        this.server = server;
        this.logs = logs;
        this.log = log;
        this.polling = server.polling("log:" + log.name());
        this.seen = head.lineage();
        this.largest = head.largest();
        this.end = head.bounds().end();
        this.next = Math.max(0, offset);
        server.join(this);
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        return polling.poll(
                wait, () -> look(maxRecords), batch -> !batch.records().isEmpty() || batch.beat() != null);
    }

    private LogBatch look(int maxRecords) {
        requireOpen();
        long from = next;
        int most = (int) Math.max(1, Math.min(Math.min(maxRecords, MOST_RECORDS), MOST_BYTES / Math.max(1, largest)));
        LogPage page = server.callInterruptibly(
                "reading " + log, connection -> LogPage.read(connection, logs, log, from, most));
        requireOpen();
        requireSameLog(page.lineage());
        requireExplained(page, from);
        Beat beat = page.beats() == beats ? null : page.beat();
        beats = page.beats();
        largest = page.largest();
        next = Math.max(
                page.until(), Math.min(page.bounds().start(), page.bounds().end()));
        next = from > page.bounds().end() ? from : next;
        end = Math.max(end, page.bounds().end());
        LogBounds bounds = new LogBounds(page.bounds().start(), page.bounds().compactedBelow(), end);
        return new LogBatch(page.records(), bounds, beat);
    }

    /** A log that ends before what was seen of it, or was claimed where it had been longer, is not the one that was read. */
    private void requireSameLog(Lineage found) {
        boolean older = found.end() < seen.end()
                || found.epoch() < seen.epoch()
                || found.epoch() == seen.epoch() && !seen.isSameClaim(found);
        if (older || found.epoch() > seen.epoch() && !logs.succeeds(log, seen)) {
            throw logs.older(log, Long.toString(found.end()));
        }
        seen = found;
    }

    /** What is missing must have been let go by retention; both were looked at in the same moment. */
    private void requireExplained(LogPage page, long from) {
        LogBounds bounds = page.bounds();
        long expected = Math.max(from, bounds.start());
        List<LogRecord> records = page.records();
        for (LogRecord record : records) {
            requireGone(expected, record.offset(), bounds);
            expected = record.offset() + 1;
        }
        requireGone(expected, page.until(), bounds);
    }

    private void requireGone(long expected, long found, LogBounds bounds) {
        if (expected < found && found > bounds.compactedBelow()) {
            throw Failures.damaged(log + ", " + server.place() + ": the records from "
                    + Math.max(expected, bounds.compactedBelow()) + " to " + (found - 1)
                    + " are missing, and no retention took them (restore the server's data)");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw server.closed();
        }
        server.requireOpen();
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void seek(long offset) {
        next = Math.max(0, offset);
    }

    @Override
    public void close() {
        closed = true;
        server.leave(this);
        polling.wake();
    }

    @Override
    public void end() {
        close();
    }
}
