package dev.fairlead.testkit.conformance;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Work on a thread of its own. */
final class Task {
    private static final Duration LONGEST_APPROACH = Duration.ofMillis(300);
    private static final Duration LOOK_AGAIN = Duration.ofNanos(100_000);

    private final FutureTask<Boolean> future;
    private final Thread thread;
    private final Duration patience;

    private Task(FutureTask<Boolean> future, Thread thread, Duration patience) {
        this.future = future;
        this.thread = thread;
        this.patience = patience;
    }

    static Task start(Work work, Duration patience) {
        FutureTask<Boolean> future = new FutureTask<>(() -> {
            work.run();
            return true;
        });
        Thread thread = Thread.ofPlatform().daemon().name("scenario worker").start(future);
        return new Task(future, thread, patience);
    }

    /** Waits for the end; what the work threw comes as it was. */
    void join() throws Exception {
        try {
            future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hanging) {
            thread.interrupt();
            throw new AssertionError("expected a call to end within " + patience + ", but it hangs", hanging);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(Expect.describe(failure), failure);
        }
    }

    boolean isDone() {
        return future.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Gives the call time to block; one that waits inside native code cannot be told from a busy one, so this ends anyway. */
    void awaitBlocked() {
        long deadline = System.nanoTime() + LONGEST_APPROACH.toNanos();
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING
                && System.nanoTime() < deadline) {
            Expect.that(!future.isDone(), "the call to wait, but it came back");
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    @FunctionalInterface
    interface NumberedWork {
        void run(int number) throws Exception;
    }
}
