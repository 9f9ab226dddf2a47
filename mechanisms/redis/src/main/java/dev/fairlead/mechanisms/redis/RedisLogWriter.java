package dev.fairlead.mechanisms.redis;

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
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes what waits by one transaction or script after another. Each has the epoch, the number of the append in this claim, and the end that the writer
 * knows: so one that is sent again when the answer was lost is done once, and a server that has lost something is noticed.
 */
final class RedisLogWriter implements LogWriter, Server.Member, AppendLane.Target {
    private final Server server;
    private final Logs logs;
    private final LogRow log;
    private final long epoch;
    private final Durability wanted;
    private final LogCopying copying;
    private final WatchedAppends watched;
    private final AppendLane lane;
    private volatile boolean closed;
    private long number;
    private long end;

    RedisLogWriter(Server server, Logs logs, LogRow log, Logs.Claim claim, LogCopying copying) {
        this.server = server;
        this.logs = logs;
        this.log = log;
        this.epoch = claim.epoch();
        this.end = claim.next();
        this.wanted = Durability.valueOf(claim.durability());
        this.copying = copying;
        this.watched = new WatchedAppends(server, log, epoch);
        this.lane = new AppendLane(server.workers(), log.name(), this);
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
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return lane.append(partition, entries);
    }

    private void requireOpen() {
        if (closed) {
            throw server.closed();
        }
        server.requireOpen();
    }

    @Override
    public long write(List<LogEntry> entries) {
        long first = send(entries);
        end = first + entries.size();
        return first;
    }

    private long send(List<LogEntry> entries) {
        String what = "appending to " + log;
        number++;
        long deadline = server.connections().deadline();
        Tries tries = new Tries();
        try {
            if (isWrittenAtOnce(what, entries, tries)) {
                return end;
            }
            Words words = words(entries, number);
            Reply reply = server.connections().again(what, deadline, connection -> {
                server.level().require(log.toString(), server.place(), wanted);
                return tries.count(() -> Script.LOG_APPEND.run(connection, log.key(), words));
            });
            long first = logs.ok(log, reply).number(1);
            watched.prepare(entries, number, first + entries.size(), reply.number(2));
            return first;
        } catch (FairleadException e) {
            return tries.isAnswerLost() && e.code() != ErrorCode.UNREACHABLE
                    ? settled(tries.judge(what, e), e)
                    : fail(tries.judge(what, e));
        }
    }

    private boolean isWrittenAtOnce(String what, List<LogEntry> entries, Tries tries) {
        server.level().require(log.toString(), server.place(), wanted);
        try {
            WatchedAppends.Outcome outcome = watched.append(entries, number, end);
            if (outcome == WatchedAppends.Outcome.UNKNOWN) {
                tries.noteLostAnswer();
            }
            return outcome == WatchedAppends.Outcome.WRITTEN;
        } catch (JedisDataException refused) {
            throw Failures.of(what, server.place(), refused);
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
        Words words = new Words()
                .add(log.id())
                .add(epoch)
                .add(number)
                .add(end)
                .add(Moments.millis(server.time().now()))
                .add(log.marking())
                .add(log.keyed() ? "1" : "0")
                .add(largest);
        entries.forEach(entry -> Entries.add(words, entry));
        return words;
    }

    @Override
    public Durability reached() {
        return server.level().durability();
    }

    @Override
    public void beat(Instant time) {
        requireOpen();
        lane.beat(time);
    }

    @Override
    public void sendBeat(Instant time) {
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
        lane.resume();
    }

    @Override
    public void decide() {
        end = settle().number(1);
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        requireOpen();
        LogLimits.checkPartition(log.name(), partition);
        return copying.erase(log, epoch, key, below);
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
        watched.close();
    }
}
