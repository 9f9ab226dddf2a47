package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Nanos;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Applies the retention of the logs that this process writes, now and then. */
final class Housekeeper implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Housekeeper.class.getName());
    private static final long SECONDS = 20;

    private final Server server;
    private final RetentionWork retention;
    private final Set<LogRow> logs = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;
    private final Future<?> work;

    Housekeeper(Server server) {
        this.server = server;
        this.retention = new RetentionWork(server.database(), server.logs().logs(), server.tables());
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("fairlead-sql-housekeeper").factory());
        this.work = thread.scheduleWithFixedDelay(this::keepHouse, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** From now on the log is looked after. */
    void add(LogRow log) {
        logs.add(log);
    }

    private void keepHouse() {
        for (LogRow log : logs) {
            try {
                server.workers().call(() -> {
                    retention.applyGently(log, Nanos.of(server.time().now()));
                    return true;
                });
            } catch (FairleadException e) {
                LOGGER.log(Level.WARNING, "log {0} keeps what it may let go, for now: {1}", log.name(), e.getMessage());
            }
        }
    }

    /** Takes everything away that the retention of the log lets go. */
    void applyRetention(LogRow log) {
        server.workers().call(() -> {
            retention.apply(log, Nanos.of(server.time().now()));
            return true;
        });
    }

    @Override
    public void close() {
        work.cancel(false);
        thread.shutdown();
    }
}
