package dev.fairlead.spi;

import java.time.Instant;

/** The system's clocks. */
final class SystemTime implements TimeSource {
    private final SystemAlarms alarms = new SystemAlarms();

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
        return alarms.at(moment, action);
    }
}
