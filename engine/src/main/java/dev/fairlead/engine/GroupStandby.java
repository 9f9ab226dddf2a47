package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Listens to the instance that has taken a group over, on a thread of its own, and takes the group back when that one has not been
 * heard for a while. While the mechanism cannot be read nobody can be heard, and that is no silence.
 */
final class GroupStandby implements Runnable, AutoCloseable {
    /** Several times as long as a follower is silent between two signs of life. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int PAGE = 256;

    private final ParkingLog log;
    private final BooleanSupplier takeOver;
    private final Thread thread;
    private volatile boolean closed;
    private long heard;

    /** @param takeOver takes the group back; false when that could not be done now */
    GroupStandby(String group, ParkingLog log, BooleanSupplier takeOver) {
        this.log = log;
        this.takeOver = takeOver;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("fairlead " + group + " standby")
                .unstarted(this);
    }

    void start() {
        heard = System.nanoTime();
        thread.start();
    }

    @Override
    public void run() {
        while (!closed && !listen()) {
            heard = System.nanoTime();
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** True when there is nothing more to listen for. */
    private boolean listen() {
        try (LogReader reader = log.readNew()) {
            while (!closed) {
                LogBatch batch = reader.poll(PAGE, PATIENCE);
                long now = System.nanoTime();
                if (batch.beat() != null || !batch.records().isEmpty()) {
                    heard = now;
                } else if (now - heard > SILENCE.toNanos()) {
                    return takeOver.getAsBoolean();
                }
            }
            return true;
        } catch (RuntimeException e) {
            return e instanceof FairleadException known && known.code() == ErrorCode.CLOSED;
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }
}
