package dev.fairlead.testkit;

import dev.fairlead.api.Subscription;
import dev.fairlead.spi.PendingAlarms;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Time that stands still until a test moves it.
 *
 * <p>Safe for many threads. Alarms and listeners run on the thread that moves the time, after it has moved; {@link #awaitNanos} wakes by itself.
 */
public final class SettableTime implements TimeSource {
    private static final Instant USUAL_START = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final PendingAlarms alarms = new PendingAlarms();
    private long nanos;
    private Instant now;

    private SettableTime(Instant start) {
        this.now = start;
    }

    /** A time that begins at an arbitrary fixed moment. */
    public static SettableTime create() {
        return at(USUAL_START);
    }

    /** A time whose wall clock shows {@code start}; the other clock begins at zero. */
    public static SettableTime at(Instant start) {
        return new SettableTime(start);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    /** Runs the action on the thread that moves the time over the moment, before the move returns; at once if it has been reached. */
    @Override
    public Alarm at(long moment, Runnable action) {
        Alarm alarm = alarms.add(moment, action);
        alarms.ring(nanos());
        return alarm;
    }

    /** Lets time pass: both clocks go forward together. */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException(
                    "time does not go back: " + step + " (use jumpWallClock to set the wall clock back)");
        }
        move(step.toNanos(), step);
    }

    /** Sets the wall clock forward or back as an administrator would; no time passes. */
    public void jumpWallClock(Duration step) {
        move(0, step);
    }

    /** Calls the listener after each move, until the subscription is closed. */
    public Subscription onMove(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Blocks until {@link #nanos} has reached the moment. */
    public synchronized void awaitNanos(long moment) throws InterruptedException {
        while (nanos - moment < 0) {
            wait();
        }
    }

    private void move(long passed, Duration wall) {
        synchronized (this) {
            nanos += passed;
            now = now.plus(wall);
            notifyAll();
        }
        alarms.ring(nanos());
        listeners.forEach(Runnable::run);
    }
}
