package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action at the earliest of the moments asked for; the action asks again for what is left. It may run for nothing. No lock
 * may be held by who asks, because a settable time may run what is due at once.
 */
final class Wakeup implements AutoCloseable {
    private final TimeSource time;
    private final Runnable action;
    private TimeSource.@Nullable Alarm alarm;
    private boolean armed;
    private long armedFor;
    private boolean closed;

    Wakeup(TimeSource time, Runnable action) {
        this.time = time;
        this.action = action;
    }

    void by(long moment) {
        TimeSource.Alarm before;
        synchronized (this) {
            if (closed || armed && moment - armedFor >= 0) {
                return;
            }
            armed = true;
            armedFor = moment;
            before = alarm;
            alarm = null;
        }
        if (before != null) {
            before.cancel();
        }
        keep(time.at(moment, this::ring));
    }

    private void keep(TimeSource.Alarm set) {
        synchronized (this) {
            if (!closed) {
                alarm = set;
                return;
            }
        }
        set.cancel();
    }

    private void ring() {
        synchronized (this) {
            if (closed) {
                return;
            }
            armed = false;
        }
        action.run();
    }

    @Override
    public void close() {
        TimeSource.Alarm last;
        synchronized (this) {
            closed = true;
            last = alarm;
        }
        if (last != null) {
            last.cancel();
        }
    }
}
