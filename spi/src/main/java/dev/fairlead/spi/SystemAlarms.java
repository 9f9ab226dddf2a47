package dev.fairlead.spi;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Alarms by the system's clock, rung by one thread, which ends when none has been set for a while.
 *
 * <p>Nearly every alarm is a limit that is cancelled long before its moment. So a new one wakes the thread only if it is due before the
 * thread wakes by itself, and a cancelled one never does: a scheduled pool would wake its thread for each of them.
 */
final class SystemAlarms {
    private static final System.Logger LOG = System.getLogger(SystemAlarms.class.getName());
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final TreeSet<Waiting> waiting =
            new TreeSet<>(Comparator.comparingLong(Waiting::left).thenComparingLong(Waiting::number));
    private final long epoch = System.nanoTime();
    private final ThreadFactory threads;
    private @Nullable Thread ringer;
    private long wakes;
    private long number;

    /** @param left nanoseconds from the making of these alarms to the alarm's moment, so that moments compare without overflow */
    private record Waiting(long left, long number, Runnable action) {}

    SystemAlarms() {
        this(Thread.ofPlatform().daemon().name("fairlead alarms").factory());
    }

    SystemAlarms(ThreadFactory threads) {
        this.threads = threads;
    }

    TimeSource.Alarm at(long moment, Runnable action) {
        lock.lock();
        try {
            Waiting alarm = new Waiting(moment - epoch, number++, action);
            if (ringer == null) {
                wakes = alarm.left();
                Thread made = threads.newThread(this::ring);
                made.start(); // or no alarm is set
                ringer = made;
            } else if (alarm.left() < wakes) {
                wakes = alarm.left();
                earlier.signal();
            }
            waiting.add(alarm);
            return () -> cancel(alarm);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Waiting alarm) {
        lock.lock();
        try {
            waiting.remove(alarm);
        } finally {
            lock.unlock();
        }
    }

    private void ring() {
        for (Waiting due = next(); due != null; due = next()) {
            try {
                due.action().run();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "an alarm's action failed", e);
            }
        }
    }

    /** Waits for the next alarm that is due; null when there was none for so long that the thread ends. */
    private @Nullable Waiting next() {
        lock.lock();
        try {
            boolean idle = false;
            while (true) {
                long now = System.nanoTime() - epoch;
                if (waiting.isEmpty() && idle) {
                    ringer = null;
                    return null;
                }
                idle = waiting.isEmpty();
                wakes = idle ? now + IDLE_NANOS : waiting.first().left();
                if (wakes <= now) {
                    return waiting.pollFirst();
                }
                pause(wakes - now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos) {
        try {
            earlier.awaitNanos(nanos);
        } catch (InterruptedException left) {
            LOG.log(System.Logger.Level.DEBUG, "an alarm's action left an interrupt behind");
        }
    }
}
