package dev.fairlead.node.limits;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Tells when more calls come than the node can work on, by how long they wait for a processor before anybody looks at them. A short crowd is let
 * in. When for {@link #WINDOW} no call waited less than {@link #SHORT}, the queue no longer empties, and calls that waited longer are
 * refused, so that the others are answered soon and not all of them late; but none as long as less than {@link #CROWD} wait, which a slow moment of
 * the machine explains as well. Safe for many threads.
 *
 * <p>Source: "controlled delay", Nichols and Jacobson, Controlling Queue Delay (ACM Queue, 2012), in the form for servers of Maurer, Fail at Scale
 * (ACM Queue, 2015).
 */
public final class Crowding {
    /** A call that waits no longer than this is never refused. */
    public static final Duration SHORT = Duration.ofMillis(5);

    /** For how long a queue may stand before calls are refused. */
    public static final Duration WINDOW = Duration.ofMillis(100);

    /** So many calls wait before any is refused. */
    public static final int CROWD = 64;

    private static final ThreadLocal<Long> WAITED = new ThreadLocal<>();

    private final LongSupplier nanoTime;
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean standing;
    private long since;
    private long last;

    /** @param nanoTime as {@link System#nanoTime()} tells it */
    public Crowding(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** The same threads, with a watch on how long work waits for them. */
    public Executor watched(Executor threads) {
        return work -> {
            long begin = nanoTime.getAsLong();
            waiting.incrementAndGet();
            threads.execute(() -> {
                waiting.decrementAndGet();
                WAITED.set(nanoTime.getAsLong() - begin);
                try {
                    work.run();
                } finally {
                    WAITED.remove();
                }
            });
        };
    }

    /** Whether the call that this thread begins with is to be refused. A further call of the same work has not waited. */
    public boolean isTooMuch() {
        Long waited = WAITED.get();
        WAITED.remove();
        return isTooMuch(waited == null ? 0 : waited);
    }

    private synchronized boolean isTooMuch(long waited) {
        long now = nanoTime.getAsLong();
        boolean wasIdle = now - last > WINDOW.toNanos();
        last = now;
        if (waited <= SHORT.toNanos()) {
            standing = false;
            return false;
        }
        if (!standing || wasIdle) {
            standing = true;
            since = now;
        }
        return now - since > WINDOW.toNanos() && waiting.get() >= CROWD;
    }
}
