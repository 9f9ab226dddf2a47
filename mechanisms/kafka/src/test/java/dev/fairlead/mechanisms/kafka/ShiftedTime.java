package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A test's time, whose wall clock begins now: the server goes by its own clock and must not find the records old. */
record ShiftedTime(TimeSource inner, Duration shift) implements TimeSource {
    @Override
    public long nanos() {
        return inner.nanos();
    }

    @Override
    public Instant now() {
        return inner.now().plus(shift);
    }

    @Override
    public Alarm at(long moment, Runnable action) {
        return inner.at(moment, action);
    }
}
