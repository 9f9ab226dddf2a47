package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.server.Lane;
import dev.fairlead.spi.server.Nanos;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes what waits in one transaction after another; the epoch stands in the condition of each. */
final class SqlLogWriter implements LogWriter, Opening.Member {
    private static final int OVERHEAD = 200;

    private final Opening opening;
    private final LogTables tables;
    private final LogRow log;
    private final long epoch;
    private final Lane<Request> lane;
    private final AtomicReference<@Nullable Instant> beat = new AtomicReference<>();
    private volatile @Nullable FairleadException failure;
    private volatile boolean closed;
    private LogEnd end;

    /** An append, or a beat when it has no entries. */
    private record Request(List<LogEntry> entries, CompletableFuture<Appended> result) {
        long bytes() {
            return OVERHEAD
                    + entries.stream()
                            .mapToLong(entry -> OVERHEAD + (long) entry.size())
                            .sum();
        }
    }

    SqlLogWriter(Opening opening, LogTables tables, LogRow log, Claimed claimed) {
        this.opening = opening;
        this.tables = tables;
        this.log = log;
        this.epoch = claimed.epoch();
        this.end = claimed.end();
        this.lane = new Lane<>(
                opening.server().workers(),
                Request::bytes,
                this::write,
                request -> request.result().completeExceptionally(Failures.closed()));
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
            LogLimits.checkPartition(log.name(), partition);
            List<LogEntry> checked = List.copyOf(entries);
            LogLimits.checkEntries(log.name(), checked, 0);
            Request request = new Request(checked, new CompletableFuture<>());
            lane.add(request);
            return request.result();
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    private Server requireOpen() {
        if (closed) {
            throw Failures.closed();
        }
        return opening.server();
    }

    private void write(List<Request> batch) {
        List<Request> appends =
                batch.stream().filter(request -> !request.entries().isEmpty()).toList();
        if (!appends.isEmpty()) {
            append(appends);
        }
        Instant time = beat.getAndSet(null);
        if (time != null) {
            send(time);
        }
    }

    private synchronized void append(List<Request> requests) {
        List<LogEntry> entries = new ArrayList<>();
        requests.forEach(request -> entries.addAll(request.entries()));
        Server server = tables.server();
        LogEnd from;
        try {
            checkGoing();
            long now = Nanos.of(server.time().now());
            from = write(entries, now);
            end = RecordRows.after(from, entries, now);
        } catch (RuntimeException e) {
            fail(requests, e);
            return;
        }
        server.changed(BellNames.log(log.id()));
        Durability reached = server.durability();
        long first = from.next();
        for (Request request : requests) {
            request.result().complete(new Appended(new Position(0, first), reached));
            first += request.entries().size();
        }
    }

    private LogEnd write(List<LogEntry> entries, long now) {
        try {
            return tables.records().append(log, epoch, end, entries, now);
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

    private void fail(List<Request> requests, RuntimeException e) {
        FairleadException cause = e instanceof FairleadException known
                ? known
                : new FairleadException(ErrorCode.INTERNAL, "appending to log " + log.name() + " failed: " + e, e);
        if (failure == null) {
            failure = cause;
        }
        requests.forEach(request -> request.result().completeExceptionally(cause));
    }

    private void checkGoing() {
        FairleadException stopped = failure;
        if (stopped != null) {
            throw new FairleadException(
                    stopped.code(),
                    "log " + log.name() + ": the writer stopped at an earlier failure and was not resumed: "
                            + stopped.getMessage(),
                    stopped);
        }
    }

    private void send(Instant time) {
        try {
            tables.logs().beat(log, epoch, time);
            tables.server().changed(BellNames.log(log.id()));
        } catch (FairleadException lost) {
            // The next beat comes soon, and readers notice when none does.
        }
    }

    @Override
    public void resume() {
        Server server = requireOpen();
        lane.awaitIdle();
        LogEnd found = server.workers().call(this::locked);
        synchronized (this) {
            end = found;
            failure = null;
        }
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        Server server = requireOpen();
        LogLimits.checkPartition(log.name(), partition);
        return server.workers().call(() -> tables.erasure().erase(log, epoch, key, below));
    }

    /** Returns before the beat is written; of several that wait, the newest is. */
    @Override
    public void beat(Instant time) {
        requireOpen();
        FairleadException stopped = failure;
        if (stopped != null && stopped.code() == ErrorCode.FENCED) {
            checkGoing();
        }
        if (beat.getAndSet(time) == null) {
            lane.add(new Request(List.of(), new CompletableFuture<>()));
        }
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
