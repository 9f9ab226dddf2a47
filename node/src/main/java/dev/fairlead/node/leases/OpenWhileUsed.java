package dev.fairlead.node.leases;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps something open while it is used, and for a while after. Safe for many threads.
 *
 * @param <T> what is opened
 */
public final class OpenWhileUsed<T extends AutoCloseable> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenWhileUsed.class.getName());

    private final Supplier<T> opening;
    private final Duration idle;
    private final TimeSource time;
    private @Nullable T open;
    private TimeSource.@Nullable Alarm alarm;
    private int users;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param idle how long it stays open after the last use
     */
    public OpenWhileUsed(Supplier<T> opening, Duration idle, TimeSource time) {
        this.opening = opening;
        this.idle = idle;
        this.time = time;
    }

    /** Begins a use, and opens what is not open; the returned one ends it, once. Passes on what the opening fails with. */
    public synchronized Use<T> use() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        T used = open;
        if (used == null) {
            used = opening.get();
            open = used;
        }
        users++;
        return new Use<>(used, this::end);
    }

    /** A use, until it is closed; closing twice does nothing more. */
    public static final class Use<T> implements AutoCloseable {
        private final T used;
        private final Runnable end;
        private final AtomicBoolean ended = new AtomicBoolean();

        Use(T used, Runnable end) {
            this.used = used;
            this.end = end;
        }

        /** What is used. */
        public T used() {
            return used;
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                end.run();
            }
        }
    }

    private synchronized void end() {
        users--;
        if (users == 0 && !closed) {
            alarm = time.at(
                    time.nanos() + idle.toNanos(), () -> Thread.ofVirtual().start(this::closeIfIdle));
        }
    }

    private synchronized void closeIfIdle() {
        if (users == 0) {
            closeNow();
        }
    }

    private void closeNow() {
        T closing = open;
        open = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "what nobody used could not be closed", e);
        }
    }

    /** Closes what is open, used or not. */
    @Override
    public synchronized void close() {
        closed = true;
        if (alarm != null) {
            alarm.cancel();
        }
        closeNow();
    }
}
