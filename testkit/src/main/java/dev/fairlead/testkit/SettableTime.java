package dev.fairlead.testkit;

import dev.fairlead.api.Subscription;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final List<Waiting> alarms = new ArrayList<>();
    private long nanos;
    private Instant now;

    private record Waiting(long moment, Runnable action) {}

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
        Waiting alarm = new Waiting(moment, action);
        synchronized (this) {
            alarms.add(alarm);
        }
        ring();
        return () -> forget(alarm);
    }

    private synchronized void forget(Waiting alarm) {
        alarms.removeIf(other -> other == alarm);
    }

    private void ring() {
        List<Waiting> due;
        synchronized (this) {
            due = alarms.stream()
                    .filter(alarm -> nanos - alarm.moment() >= 0)
                    .sorted(Comparator.comparingLong(Waiting::moment))
                    .toList();
            alarms.removeAll(due);
        }
        due.forEach(alarm -> alarm.action().run());
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
        ring();
        listeners.forEach(Runnable::run);
    }
}
