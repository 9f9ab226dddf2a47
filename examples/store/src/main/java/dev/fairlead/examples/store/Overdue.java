package dev.fairlead.examples.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tells in the log what a process is at when it should have ended long ago, since whoever waits for it will kill it soon. */
final class Overdue {
    /** Stands in the line that says all in short; what all threads are at comes before it. */
    static final String BEGINNING = "Overdue: ";

    private static final System.Logger LOG = System.getLogger(Overdue.class.getName());
    private static final int DEPTH = 12;

    private Overdue() {}

    /** Watches from the main thread's call on, for as long as the process lives. */
    static void watch(Duration limit, Supplier<List<String>> underWay) {
        Thread main = Thread.currentThread();
        Thread.ofPlatform().daemon().name("demo overdue").start(() -> {
            long deadline = System.nanoTime() + limit.toNanos();
            while (System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(deadline - System.nanoTime());
            }
            Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0}",
                    all.entrySet().stream()
                            .map(each -> each.getKey() + frames(each.getValue(), each.getValue().length))
                            .collect(Collectors.joining("\n")));
            String told = BEGINNING + "not settled after " + limit.toSeconds() + " s; the main thread is"
                    + frames(main.getStackTrace(), DEPTH);
            LOG.log(System.Logger.Level.ERROR, "{0}", told);
            // This may hang like the others.
            LOG.log(System.Logger.Level.ERROR, "{0}; under way: {1}", told, String.join(", ", underWay.get()));
        });
    }

    private static String frames(StackTraceElement[] frames, int most) {
        return Arrays.stream(frames).limit(most).map(frame -> " at " + frame).collect(Collectors.joining());
    }
}
