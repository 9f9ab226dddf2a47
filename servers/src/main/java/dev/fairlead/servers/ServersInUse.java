package dev.fairlead.servers;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A use of the servers that this process has started. While it lasts, the end of the process leaves them up for some seconds, so that
 * whoever uses them can end in order. Any thread may begin and close it.
 */
public final class ServersInUse implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final Set<ServersInUse> USES = ConcurrentHashMap.newKeySet();

    private final CountDownLatch ended = new CountDownLatch(1);

    private ServersInUse() {}

    /** Begins one, which lasts until it is closed. */
    public static ServersInUse begin() {
        ServersInUse use = new ServersInUse();
        USES.add(use);
        return use;
    }

    /** Waits until nobody uses them, and not for ever. */
    static void awaitEnd() {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        for (ServersInUse use : USES) {
            try {
                boolean isOver = use.ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (!isOver) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        USES.remove(this);
        ended.countDown();
    }
}
