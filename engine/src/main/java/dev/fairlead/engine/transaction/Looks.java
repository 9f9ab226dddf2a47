package dev.fairlead.engine.transaction;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Looks into a database again and again, on a thread of its own, which is never interrupted: that would close the files of an embedded
 * database.
 */
final class Looks implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration apart;
    private final TimeSource time;
    private final BooleanSupplier look;
    private final Runnable last;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param look never throws; returns whether the next look is due at once
     * @param last is done after the last look, on the same thread
     */
    Looks(String name, Duration apart, TimeSource time, BooleanSupplier look, Runnable last) {
        this.apart = apart;
        this.time = time;
        this.look = look;
        this.last = last;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            if (!look.getAsBoolean()) {
                rest();
            }
        }
        last.run();
    }

    private void rest() {
        TimeSource.Alarm alarm = time.at(time.nanos() + apart.toNanos(), wake::release);
        wake.acquireUninterruptibly();
        wake.drainPermits();
        alarm.cancel();
    }

    /** The next look is due. */
    void wake() {
        wake.release();
    }

    boolean isClosed() {
        return closed;
    }

    /** Begins no further look, and waits a while for the one in hand. */
    @Override
    public void close() {
        closed = true;
        wake.release();
        if (thread == Thread.currentThread()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
