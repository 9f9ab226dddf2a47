package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.planner.Landscape;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Writes to an item that another node may take over while callers cannot reach this one. The first write after that fails with FENCED; one that
 * comes {@link #PAUSE} later takes the item back: so that callers who have come back are served, and two nodes with callers of their own do not
 * spend their time on taking it from each other. Safe for many threads.
 */
final class TakeBack {
    /** For how long the other one keeps the item at least. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final Runnable takeOver;
    private final LongSupplier nanoTime;
    private final long pauseNanos;
    private boolean fenced;
    private long since;

    /**
     * @param takeOver takes the item over
     * @param nanoTime as {@link System#nanoTime()} tells it
     */
    TakeBack(Runnable takeOver, LongSupplier nanoTime) {
        this(takeOver, nanoTime, PAUSE.toNanos());
    }

    private TakeBack(Runnable takeOver, LongSupplier nanoTime, long pauseNanos) {
        this.takeOver = takeOver;
        this.nanoTime = nanoTime;
        this.pauseNanos = pauseNanos;
    }

    /** What the node's own store carries is for the services to whom it lends it, and is never taken back. */
    static TakeBack of(String carrier, Runnable takeOver) {
        long pause = carrier.equals(Landscape.EMBEDDED) ? Long.MAX_VALUE : PAUSE.toNanos();
        return new TakeBack(takeOver, System::nanoTime, pause);
    }

    /** Does what writes, after the item was taken back if that is due. */
    <T> T during(Supplier<T> write) {
        takeBackWhenDue();
        try {
            return write.get();
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.FENCED) {
                noteFenced();
            }
            throw failure;
        }
    }

    private synchronized void takeBackWhenDue() {
        if (fenced && nanoTime.getAsLong() - since >= pauseNanos) {
            takeOver.run();
            fenced = false;
        }
    }

    private synchronized void noteFenced() {
        if (!fenced) {
            fenced = true;
            since = nanoTime.getAsLong();
        }
    }
}
