package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.input.LogLimits;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.Protocol;

/** The logs of one server: definitions, claims, bounds, latest records and positions of groups. */
final class Logs {
    private final Server server;

    Logs(Server server) {
        this.server = server;
    }

    /** A claim of a log. */
    record Claim(long epoch, long next, String durability) {}

    /** What a log holds, and what a reader must know of it. */
    record Head(LogBounds bounds, long largest, Lineage lineage) {}

    LogRow define(LogDefinition definition) {
        String name = definition.name();
        String base = server.base("log", name);
        String kind = LogRow.kind(definition.retention());
        long keep = LogRow.millis(definition.retention());
        Reply reply = server.call(
                "defining log " + name,
                connection -> Script.LOG_DEFINE.run(
                        connection,
                        Words.of(base),
                        new Words()
                                .add(UUID.randomUUID().toString())
                                .add(kind)
                                .add(keep)
                                .add(definition.durability().name())
                                .add(Moments.millis(server.time().now()))));
        if (!reply.isOk()) {
            throw Failures.damaged("log " + name + ", " + server.place()
                    + ": some of its keys are there and others are gone (delete or restore all that begin with "
                    + base + ")");
        }
        LogRow found = row(name, base, reply);
        if (!reply.text(2).equals(kind) || reply.number(3) != keep) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "log " + name + " exists with " + found.retention() + " and cannot become one with "
                            + definition.retention() + "; choose another name");
        }
        return found;
    }

    private static LogRow row(String name, String base, Reply reply) {
        return new LogRow(name, base, reply.text(1), LogRow.retention(reply.text(2), reply.number(3)));
    }

    /** The log, or PLAN when there is none. */
    LogRow get(String name) {
        String base = server.base("log", name);
        Reply reply = server.call(
                "looking for log " + name, connection -> Script.LOG_FIND.run(connection, Words.of(base), new Words()));
        if (!reply.isOk()) {
            throw new FairleadException(ErrorCode.PLAN, "log " + name + " is not defined; define it first");
        }
        return row(name, base, reply);
    }

    /** Begins a new epoch. */
    Claim claim(LogRow log, String owner) {
        Reply reply = ok(
                log,
                server.call(
                        "claiming " + log,
                        connection -> Script.LOG_CLAIM.run(
                                connection,
                                log.key(),
                                new Words()
                                        .add(log.id())
                                        .add(owner)
                                        .add(UUID.randomUUID().toString()))));
        return new Claim(reply.number(1), reply.number(2), reply.text(3));
    }

    Head head(LogRow log) {
        Reply reply = ok(
                log,
                server.call(
                        "looking at " + log,
                        connection -> Script.LOG_BOUNDS.run(connection, log.key(), new Words().add(log.id()))));
        long start = reply.number(1);
        return new Head(
                new LogBounds(start, Math.max(start, reply.number(2)), reply.number(3)),
                reply.number(4),
                new Lineage(reply.number(5), reply.has(6) ? reply.text(6) : "", reply.number(7)));
    }

    Optional<LogRecord> latest(LogRow log, byte[] key) {
        Reply reply = server.call(
                "looking up a key in " + log,
                connection -> Script.LOG_LATEST.run(
                        connection, log.key(), new Words().add(log.id()).add(key)));
        return switch (reply.status()) {
            case "none" -> Optional.empty();
            case "plain" ->
                throw new FairleadException(
                        ErrorCode.CAPABILITY,
                        log + " is kept with " + log.retention()
                                + "; only a log that keeps the latest record of each key is looked up in");
            case "lost" ->
                throw Failures.damaged(log + ", " + server.place() + ": the record at " + reply.text(1)
                        + " is missing, and no retention took it (restore the server's data)");
            default -> Optional.of(Entries.record(ok(log, reply).list(1)));
        };
    }

    void commit(LogRow log, String group, long next) {
        Reply reply = server.call(
                "noting a position of group " + group,
                connection -> Script.LOG_COMMIT.run(
                        connection,
                        log.key(),
                        new Words().add(log.id()).add(group).add(next)));
        if (reply.status().equals("higher")) {
            throw LogLimits.bad(
                    log + ": group " + group + " has noted " + reply.text(1) + " and cannot go back to " + next);
        }
        ok(log, reply);
    }

    Optional<Position> committed(LogRow log, String group) {
        Reply reply = server.call(
                "looking for the position of group " + group,
                connection -> Script.LOG_COMMITTED.run(
                        connection, log.key(), new Words().add(log.id()).add(group)));
        return reply.status().equals("none")
                ? Optional.empty()
                : Optional.of(new Position(0, ok(log, reply).number(1)));
    }

    /** Whether the claims after the one that was seen begin where the log had come to then, as far as they are known. */
    boolean succeeds(LogRow log, Lineage seen) {
        Reply claims = server.call("looking at the claims of " + log, connection -> {
            connection.sendCommand(
                    Protocol.Command.HMGET,
                    new Words()
                            .add(log.part("claims"))
                            .add(seen.epoch())
                            .add(seen.epoch() + 1)
                            .all());
            return Reply.of(connection.getOne());
        });
        boolean sameClaim = !claims.has(0) || claims.text(0).startsWith(seen.token() + " ");
        String next = claims.has(1) ? claims.text(1) : " " + Long.MAX_VALUE;
        return sameClaim && Long.parseLong(next.substring(next.indexOf(' ') + 1)) >= seen.end();
    }

    /** The reply, or what it says is wrong. */
    Reply ok(LogRow log, Reply reply) {
        return switch (reply.status()) {
            case "ok" -> reply;
            case "fenced" ->
                throw new FairleadException(
                        ErrorCode.FENCED,
                        log + ": the epoch has ended, " + reply.text(1) + " claimed epoch " + reply.text(2)
                                + "; stop writing, or claim the log again");
            case "older" -> throw older(log, reply.text(1));
            case "foreign" ->
                throw Failures.damaged(log + ", " + server.place() + ": another program has added an entry with the id "
                        + reply.text(1) + ", after which nothing fits (it must add with the id 1-*; take the entry out,"
                        + " and put the stream's last id back with XSETID)");
            default ->
                throw Failures.damaged(log + ", " + server.place()
                        + ": it is gone, or some of its keys are (restore the server's data; to begin anew, delete all"
                        + " keys of the log)");
        };
    }

    /** The server has lost what it had acknowledged, as it does when another takes over that had not heard of it yet. */
    FairleadException older(LogRow log, String end) {
        return Failures.damaged(
                log + ", " + server.place() + ": the server went back to an older state, which ends at " + end
                        + "; what was acknowledged since is lost (open the copies anew, and write again what is missing)");
    }
}
