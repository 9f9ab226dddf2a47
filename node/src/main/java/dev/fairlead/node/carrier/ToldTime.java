package dev.fairlead.node.carrier;

import dev.fairlead.spi.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The time of a space whose holder says what time it is, for proofs; it stands still in between. Safe for many threads. */
public final class ToldTime implements TimeSource {
    private final List<Waiting> alarms = new ArrayList<>();
    private Moment current;

    /** What both clocks show. */
    public record Moment(long nanos, Instant now) {}

    private record Waiting(long moment, Runnable action) {}

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
        ring();
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
        due().forEach(alarm -> alarm.action().run());
    }

    private synchronized List<Waiting> due() {
        List<Waiting> due = alarms.stream()
                .filter(alarm -> current.nanos() - alarm.moment() >= 0)
                .sorted(Comparator.comparingLong(Waiting::moment))
                .toList();
        alarms.removeAll(due);
        return due;
    }
}
