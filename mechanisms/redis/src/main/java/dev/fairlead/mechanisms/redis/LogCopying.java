package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes records out of a log by a copy of its stream without them, page by page, which takes the stream's place at last. An entry that is
 * merely deleted would stay in the server's memory and files as long as its neighbours do.
 */
final class LogCopying {
    private static final int MOST_BEGINS = 100;

    private final Server server;
    private final Logs logs;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    LogCopying(Server server, Logs logs) {
        this.server = server;
        this.logs = logs;
    }

    /** Takes the content of the key's records below the offset out; how many had some. */
    long erase(LogRow log, long epoch, byte[] key, long below) {
        return copy(log, Long.toString(epoch), key, Long.toString(below), 0);
    }

    /** Takes the superseded records below the offset out. */
    void compact(LogRow log, long below) {
        copy(log, "", new byte[0], "", below);
    }

    private long copy(LogRow log, String epoch, byte[] key, String below, long superseded) {
        ReentrantLock lock = locks.computeIfAbsent(log.id(), id -> new ReentrantLock());
        lock.lock();
        try {
            for (int begin = 0; begin < MOST_BEGINS; begin++) {
                String token = UUID.randomUUID().toString();
                begin(log, epoch, token, key, below);
                long taken = pages(log, epoch, token, key, below, superseded);
                if (taken >= 0) {
                    return taken;
                }
            }
        } finally {
            lock.unlock();
        }
        throw new FairleadException(
                ErrorCode.UNREACHABLE, log + ": other processes begin to copy it again and again; try later");
    }

    private void begin(LogRow log, String epoch, String token, byte[] key, String below) {
        Reply reply = server.call(
                "beginning to copy " + log,
                connection -> Script.LOG_BEGIN.run(
                        connection,
                        log.key(),
                        new Words().add(log.id()).add(epoch).add(token).add(key).add(below)));
        if (reply.status().equals("missing")) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    log + " has no record of the key at offset " + below
                            + " (append one first, which tells that the earlier ones are erased)");
        }
        logs.ok(log, reply);
    }

    /** How many were taken out; −1 when another has begun a copy meanwhile. */
    private long pages(LogRow log, String epoch, String token, byte[] key, String below, long superseded) {
        Words words = new Words()
                .add(log.id())
                .add(epoch)
                .add(token)
                .add(key)
                .add(below.isEmpty() ? "0" : below)
                .add(superseded);
        while (true) {
            Reply reply =
                    server.call("copying " + log, connection -> Script.LOG_COPY.run(connection, log.key(), words));
            if (reply.status().equals("taken")) {
                return -1;
            }
            if (logs.ok(log, reply).number(1) == 1) {
                return reply.number(2);
            }
        }
    }
}
