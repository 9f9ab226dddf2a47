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
import java.util.Optional;
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
        long first = write(entries, Nanos.of(server.time().now()));
        server.changed(BellNames.log(log.id()));
        return first;
    }

    private long write(List<LogEntry> entries, long now) {
        long deadline = System.nanoTime() + tables.server().settings().timeout().toNanos() / 2;
        Append append = new Append(log, epoch, end, entries, now);
        while (true) {
            try {
                if (index == null) {
                    tables.records().append(append);
                } else {
                    tables.records().append(append, index);
                }
                end = append.to();
                return append.from().next();
            } catch (FairleadException failure) {
                if (failure.code() != ErrorCode.OUTCOME_UNKNOWN) {
                    throw failure;
                }
                if (wasWritten(append, failure)) {
                    return append.from().next();
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new FairleadException(
                            ErrorCode.UNREACHABLE,
                            "log " + log.name() + ": the append was undone when the connection broke: "
                                    + failure.getMessage(),
                            failure);
                }
                append.startAt(end);
            }
        }
    }

    /**
     * Whether an append was written that got no answer. It held the log's row, or does nothing any more; so once that can be had, it has ended
     * one way or the other.
     */
    private boolean wasWritten(Append append, FairleadException unknown) {
        try {
            decide();
        } catch (FairleadException failure) {
            if (failure.code() != ErrorCode.FENCED) {
                unknown.addSuppressed(failure);
                throw unknown;
            }
            if (holds(append, unknown)) {
                return true; // before another claimed the log
            }
            throw failure;
        }
        return holds(append, unknown);
    }

    private boolean holds(Append append, FairleadException unknown) {
        Optional<Boolean> found;
        try {
            found = tables.records().holds(append);
        } catch (FairleadException away) {
            unknown.addSuppressed(away);
            throw unknown;
        }
        return found.orElseThrow(() -> unknown);
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
        end = tables.logs().settle(log, epoch);
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
