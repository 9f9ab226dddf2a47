package dev.fairlead.node.carrier;

import dev.fairlead.spi.PendingAlarms;
import dev.fairlead.spi.TimeSource;
import java.time.Instant;

/** The time of a space whose holder says what time it is, for proofs; it stands still in between. Safe for many threads. */
public final class ToldTime implements TimeSource {
    private final PendingAlarms alarms = new PendingAlarms();
    private Moment current;

    /** What both clocks show. */
    public record Moment(long nanos, Instant now) {}

    ToldTime(Moment current) {
        this.current = current;
    }

    /** It is so late now; what was said later and arrived earlier counts. */
    void tell(Moment moment) {
        synchronized (this) {
            if (moment.nanos() >= current.nanos()) {
                current = moment;
            }
        }
        alarms.ring(nanos());
    }

    @Override
    public synchronized long nanos() {
        return current.nanos();
    }

    @Override
    public synchronized Instant now() {
        return current.now();
    }

    @Override
    public Alarm at(long moment, Runnable action) {
        Alarm alarm = alarms.add(moment, action);
        alarms.ring(nanos());
        return alarm;
    }
}
