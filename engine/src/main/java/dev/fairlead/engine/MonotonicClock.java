package dev.fairlead.engine;

import dev.fairlead.spi.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock for what only measures spans but wants instants; the wall clock may jump, this one does not. */
final class MonotonicClock extends Clock {
    private final TimeSource time;

    MonotonicClock(TimeSource time) {
        this.time = time;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(time.nanos());
    }
}
