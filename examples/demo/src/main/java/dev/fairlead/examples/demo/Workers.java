package dev.fairlead.examples.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads of the demo. The first failure of any of them ends the demo at the next look at {@link #rethrow}. */
public final class Workers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    public Thread start(String role, Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name("demo " + role).unstarted(() -> guarded(work));
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                failure.compareAndSet(null, e);
            }
        }
    }

    public void rethrow() {
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    /** Interrupts all, and waits a moment for their end: one that waits for a server that is away may not hear it. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
