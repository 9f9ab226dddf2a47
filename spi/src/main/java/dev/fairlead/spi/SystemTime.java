package dev.fairlead.spi;

import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clocks, and one thread for all alarms, which ends when none has been set for a while. */
final class SystemTime implements TimeSource {
    private static final long IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("fairlead alarms").factory());

    SystemTime() {
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        alarms.allowCoreThreadTimeOut(true);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Alarm at(long moment, Runnable action) {
        Future<?> waiting = alarms.schedule(action, moment - System.nanoTime(), TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }
}
