package dev.fairlead.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The alarms of a {@link TimeSource} that somebody moves: whoever moves it rings those that are due. Safe for many threads. */
public final class PendingAlarms {
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(long moment, Runnable action) {}

    /** One more; the caller rings afterwards, in case its moment has been reached. Gives what cancels it, as long as it has not been rung. */
    public synchronized TimeSource.Alarm add(long moment, Runnable action) {
        Waiting alarm = new Waiting(moment, action);
        waiting.add(alarm);
        return () -> forget(alarm);
    }

    private synchronized void forget(Waiting alarm) {
        waiting.removeIf(other -> other == alarm);
    }

    /** Runs the actions of all alarms up to this moment on this thread, the earliest first, and forgets them. */
    public void ring(long nanos) {
        due(nanos).forEach(alarm -> alarm.action().run());
    }

    private synchronized List<Waiting> due(long nanos) {
        List<Waiting> due = waiting.stream()
                .filter(alarm -> nanos - alarm.moment() >= 0)
                .sorted(Comparator.comparingLong(alarm -> alarm.moment() - nanos))
                .toList();
        waiting.removeAll(due);
        return due;
    }
}
