package dev.fairlead.node.limits;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Tells when more calls come than the node can work on, by how long they wait for a processor before anybody looks at them. A short crowd is let
 * in: only when for {@link #WINDOW} no call waited less than {@link #SHORT}, and {@link #CROWD} wait, which a slow moment of the machine does not
 * explain, the queue no longer empties. From then on no more than {@link #FEW} are let wait, and others are refused, so that those are answered
 * soon and not all of them late; until the crowd has stayed away for {@link #AWAY}, in which those who were refused come again. Safe for many
 * threads.
 *
 * <p>Source: the begin is that of "controlled delay", Nichols and Jacobson, Controlling Queue Delay (ACM Queue, 2012), in the form for servers of
 * Maurer, Fail at Scale (ACM Queue, 2015).
 */
public final class Crowding {
    /** A call that waits no longer than this is never refused. */
    public static final Duration SHORT = Duration.ofMillis(5);

    /** For how long a queue may stand before calls are refused. */
    public static final Duration WINDOW = Duration.ofMillis(100);

    /** So many calls wait before any is refused. */
    public static final int CROWD = 64;

    /** So many may wait while others are refused. */
    public static final int FEW = 16;

    /** For how long no more than {@link #FEW} have waited when the crowd is gone. */
    public static final Duration AWAY = Duration.ofSeconds(3);

    private static final ThreadLocal<Long> WAITED = new ThreadLocal<>();

    private final LongSupplier nanoTime;
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean standing;
    private boolean crowded;
    private long since;
    private long last;
    private long seen;

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
        if (crowded) {
            return isMoreThanFew(now);
        }
        if (waited <= SHORT.toNanos()) {
            standing = false;
            return false;
        }
        if (!standing || wasIdle) {
            standing = true;
            since = now;
        }
        crowded = now - since > WINDOW.toNanos() && waiting.get() >= CROWD;
        seen = now;
        return crowded;
    }

    private boolean isMoreThanFew(long now) {
        boolean more = waiting.get() >= FEW;
        if (more) {
            seen = now;
        } else if (now - seen > AWAY.toNanos()) {
            crowded = false;
            standing = false;
        }
        return more;
    }
}
