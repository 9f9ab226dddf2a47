package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.Retention;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Protocol;

/** Applies the retention of the logs that this opening writes, now and then, and asks the server again what it offers. */
final class Housekeeper implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Housekeeper.class.getName());
    private static final long SECONDS = 20;
    private static final int OFFSETS = 10_000;
    private static final int LATELY = 1000;

    private final Server server;
    private final Logs logs;
    private final LogCopying copying;
    private final Set<LogRow> written = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;
    private final Future<?> work;

    Housekeeper(Server server, Logs logs, LogCopying copying) {
        this.server = server;
        this.logs = logs;
        this.copying = copying;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("fairlead-redis-housekeeper").factory());
        this.work = thread.scheduleWithFixedDelay(this::keepHouse, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** From now on the log is looked after. */
    void add(LogRow log) {
        written.add(log);
    }

    private void keepHouse() {
        try {
            server.call("reading the settings", connection -> {
                server.connections().askLevel(connection);
                return true;
            });
        } catch (FairleadException e) {
            return; // Away; the next look comes soon.
        }
        for (LogRow log : written) {
            try {
                applyGently(log);
            } catch (FairleadException e) {
                LOGGER.log(Level.WARNING, "{0} keeps what it may let go, for now: {1}", log, e.getMessage());
            }
        }
    }

    /** Takes away what may go, when it is worth the work: as much appended lately as there is kept below it. */
    private void applyGently(LogRow log) {
        if (!log.keyed()) {
            apply(log);
            return;
        }
        LogBounds bounds = logs.head(log).bounds();
        long lately = bounds.end() - bounds.compactedBelow();
        long present = server.call("counting the records of " + log, connection -> {
            connection.sendCommand(Protocol.Command.XLEN, log.key());
            return connection.getIntegerReply();
        });
        if (lately > LATELY && lately > present - lately) {
            copying.compact(log, bounds.end() - LATELY);
        }
    }

    /** Takes everything away that the retention of the log lets go. */
    void apply(LogRow log) {
        switch (log.retention()) {
            case Retention.KeepAll all -> {}
            case Retention.KeepFor limited -> trim(log, LogRow.millis(limited));
            case Retention.LatestPerKey latest ->
                copying.compact(log, logs.head(log).bounds().end());
        }
    }

    private void trim(LogRow log, long keep) {
        Reply reply;
        do {
            reply = logs.ok(
                    log,
                    server.call(
                            "trimming " + log,
                            connection -> Script.LOG_TRIM.run(
                                    connection,
                                    log.key(),
                                    new Words()
                                            .add(log.id())
                                            .add(Moments.millis(server.time().now()) - 1 - keep)
                                            .add(OFFSETS))));
        } while (reply.number(1) == 1);
    }

    @Override
    public void close() {
        work.cancel(false);
        thread.shutdown();
    }
}
