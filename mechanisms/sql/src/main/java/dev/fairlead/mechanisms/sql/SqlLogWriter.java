package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.server.AppendLane;
import dev.fairlead.spi.server.Nanos;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes what waits in one transaction after another; the epoch stands in the condition of each. */
final class SqlLogWriter implements LogWriter, Opening.Member, AppendLane.Target {
    private final Opening opening;
    private final LogTables tables;
    private final LogRow log;
    private final long epoch;
    private final @Nullable SearchIndex index;
    private final AppendLane lane;
    private volatile boolean closed;
    private LogEnd end;

    /** @param index null when values are found by their key only */
    SqlLogWriter(Opening opening, LogTables tables, LogRow log, Claimed claimed, @Nullable SearchIndex index) {
        this.opening = opening;
        this.tables = tables;
        this.log = log;
        this.epoch = claimed.epoch();
        this.end = claimed.end();
        this.index = index;
        this.lane = new AppendLane(opening.server().workers(), log.name(), this);
        opening.join(this);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        try {
            requireOpen();
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return lane.append(partition, entries);
    }

    private Server requireOpen() {
        if (closed) {
            throw Failures.closed();
        }
        return opening.server();
    }

    @Override
    public long write(List<LogEntry> entries) {
        Server server = tables.server();
        long now = Nanos.of(server.time().now());
        LogEnd from = write(entries, now);
        end = RecordRows.after(from, entries, now);
        server.changed(BellNames.log(log.id()));
        return from.next();
    }

    private LogEnd write(List<LogEntry> entries, long now) {
        try {
            return index == null
                    ? tables.records().append(log, epoch, end, entries, now)
                    : tables.records().append(log, epoch, end, entries, now, index);
        } catch (FairleadException unknown) {
            if (unknown.code() == ErrorCode.OUTCOME_UNKNOWN && wasWritten(unknown, entries.size())) {
                return end;
            }
            throw unknown;
        }
    }

    /**
     * Whether an append was written whose commit got no answer. It held the log's row; so once that can be had, it has ended one way or
     * the other, and nobody else moves the end in this epoch.
     */
    private boolean wasWritten(FairleadException unknown, int records) {
        LogEnd found;
        try {
            found = locked();
        } catch (FairleadException away) {
            unknown.addSuppressed(away);
            throw unknown;
        }
        if (found.next() == end.next()) {
            throw new FairleadException(
                    ErrorCode.UNREACHABLE,
                    "log " + log.name() + ": the append was undone when the connection broke: " + unknown.getMessage(),
                    unknown);
        }
        return found.next() == end.next() + records;
    }

    private LogEnd locked() {
        return tables.server()
                .database()
                .read(
                        "looking at the end of log " + log.name(),
                        connection -> tables.logs().lockedBy(connection, log, epoch));
    }

    @Override
    public Durability reached() {
        return tables.server().durability();
    }

    @Override
    public void beat(Instant time) {
        requireOpen();
        lane.beat(time);
    }

    @Override
    public void sendBeat(Instant time) {
        try {
            tables.logs().beat(log, epoch, time);
            tables.server().changed(BellNames.log(log.id()));
        } catch (FairleadException lost) {
            // The next beat comes soon, and readers notice when none does.
        }
    }

    @Override
    public void resume() {
        requireOpen();
        lane.resume();
    }

    @Override
    public void decide() {
        end = locked();
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        Server server = requireOpen();
        LogLimits.checkPartition(log.name(), partition);
        return server.workers().call(() -> tables.erasure().erase(log, epoch, key, below));
    }

    /** What was appended before is written yet. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void end() {
        closed = true;
        lane.close();
    }
}
