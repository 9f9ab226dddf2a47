package dev.fairlead.examples.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tells on standard error what a process is at when it should have ended long ago, since whoever waits for it will kill it soon. */
final class Overdue {
    /** How the line begins that says all in short; what all threads are at comes before it. */
    static final String BEGINNING = "Overdue: ";

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
            all.forEach((thread, frames) -> System.err.println(thread + frames(frames, frames.length)));
            String told = BEGINNING + "not settled after " + limit.toSeconds() + " s; the main thread is"
                    + frames(main.getStackTrace(), DEPTH);
            System.err.println(told);
            System.err.println(told + "; under way: " + String.join(", ", underWay.get())); // May hang like the others.
        });
    }

    private static String frames(StackTraceElement[] frames, int most) {
        return Arrays.stream(frames).limit(most).map(frame -> " at " + frame).collect(Collectors.joining());
    }
}
