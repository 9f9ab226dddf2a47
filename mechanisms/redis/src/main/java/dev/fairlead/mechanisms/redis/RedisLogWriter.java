package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.server.Lane;
import dev.fairlead.spi.server.Nanos;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes what waits by one script after another. Each has the epoch, the number of the append in this claim, and the end that the writer
 * knows: so one that is sent again when the answer was lost is done once, and a server that has lost something is noticed.
 */
final class RedisLogWriter implements LogWriter, Server.Member {
    private static final int OVERHEAD = 200;
    /** How many marks of time a log kept for a time has at most, about. */
    private static final int MARKS = 1000;

    private final Server server;
    private final Logs logs;
    private final LogRow log;
    private final long epoch;
    private final Durability wanted;
    private final LogCopying copying;
    private final Lane<Request> lane;
    private final AtomicReference<@Nullable Instant> beat = new AtomicReference<>();
    private volatile @Nullable FairleadException failure;
    private volatile boolean closed;
    private long number;
    private long end;

    /** An append, or a beat when it has no entries. */
    private record Request(List<LogEntry> entries, CompletableFuture<Appended> result) {
        long bytes() {
            return OVERHEAD
                    + entries.stream()
                            .mapToLong(entry -> OVERHEAD + (long) entry.size())
                            .sum();
        }
    }

    RedisLogWriter(Server server, Logs logs, LogRow log, Logs.Claim claim, LogCopying copying) {
        this.server = server;
        this.logs = logs;
        this.log = log;
        this.epoch = claim.epoch();
        this.end = claim.next();
        this.wanted = Durability.valueOf(claim.durability());
        this.copying = copying;
        this.lane = new Lane<>(
                server.workers(),
                Request::bytes,
                this::work,
                request -> request.result().completeExceptionally(server.closed()));
        server.join(this);
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

    private void requireOpen() {
        if (closed) {
            throw server.closed();
        }
        server.requireOpen();
    }

    private void work(List<Request> batch) {
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
        long first;
        try {
            checkGoing();
            first = write(entries);
        } catch (RuntimeException e) {
            fail(requests, e);
            return;
        }
        end = first + entries.size();
        Durability reached = server.level().durability();
        for (Request request : requests) {
            request.result().complete(new Appended(new Position(0, first), reached));
            first += request.entries().size();
        }
    }

    /** Writes them, and returns the offset of the first. */
    private long write(List<LogEntry> entries) {
        String what = "appending to " + log;
        Words words = words(entries, ++number);
        Tries tries = new Tries();
        try {
            Reply reply = server.connections().again(what, server.connections().deadline(), connection -> {
                server.level().require(log.toString(), server.place(), wanted);
                return tries.count(() -> Script.LOG_APPEND.run(connection, log.key(), words));
            });
            return logs.ok(log, reply).number(1);
        } catch (FairleadException e) {
            return tries.isAnswerLost() && e.code() != ErrorCode.UNREACHABLE
                    ? settled(tries.judge(what, e), e)
                    : fail(tries.judge(what, e));
        }
    }

    private static long fail(FairleadException failure) {
        throw failure;
    }

    /** The offset of the first, when the append was written after all; else it is written no more, and fails as the last try did. */
    private long settled(FairleadException unknown, FairleadException refused) {
        Reply found;
        try {
            found = settle();
        } catch (FairleadException away) {
            unknown.addSuppressed(away);
            throw unknown;
        }
        if (found.number(2) < number) {
            throw refused;
        }
        return found.number(3);
    }

    /** Makes the appends that were tried final: those under way do nothing any more. */
    private Reply settle() {
        return logs.ok(
                log,
                server.connections()
                        .again(
                                "resuming " + log,
                                server.connections().deadline(),
                                connection -> Script.LOG_RESUME.run(
                                        connection,
                                        log.key(),
                                        new Words()
                                                .add(log.id())
                                                .add(epoch)
                                                .add(number)
                                                .add(end))));
    }

    private Words words(List<LogEntry> entries, long number) {
        int largest = entries.stream().mapToInt(LogEntry::size).max().orElse(0);
        long between =
                log.retention() instanceof Retention.KeepFor limited ? Math.max(1, LogRow.millis(limited) / MARKS) : 0;
        Words words = new Words()
                .add(log.id())
                .add(epoch)
                .add(number)
                .add(end)
                .add(Moments.millis(server.time().now()))
                .add(between)
                .add(log.keyed() ? "1" : "0")
                .add(largest);
        entries.forEach(entry -> Entries.add(words, entry));
        return words;
    }

    private void fail(List<Request> requests, RuntimeException e) {
        FairleadException cause = e instanceof FairleadException known
                ? known
                : new FairleadException(ErrorCode.INTERNAL, "appending to " + log + " failed: " + e, e);
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
                    log + ": the writer stopped at an earlier failure and was not resumed: " + stopped.getMessage(),
                    stopped);
        }
    }

    private void send(Instant time) {
        try {
            server.connections()
                    .again(
                            "a beat of " + log,
                            server.connections().deadline(),
                            connection -> Script.LOG_BEAT.run(
                                    connection,
                                    log.key(),
                                    new Words().add(log.id()).add(epoch).add(Nanos.of(time))));
        } catch (FairleadException lost) {
            // The next beat comes soon, and readers notice when none does.
        }
    }

    @Override
    public void resume() {
        requireOpen();
        lane.awaitIdle();
        server.workers().call(() -> {
            resumeHere();
            return true;
        });
    }

    private synchronized void resumeHere() {
        end = settle().number(1);
        failure = null;
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        requireOpen();
        LogLimits.checkPartition(log.name(), partition);
        return copying.erase(log, epoch, key, below);
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
