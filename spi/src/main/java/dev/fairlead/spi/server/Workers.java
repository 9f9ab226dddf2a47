package dev.fairlead.spi.server;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that talk to a server, so that an interrupt of a caller breaks no connection. Safe for many threads; after {@link #close} every
 * call fails with CLOSED.
 */
public final class Workers implements Executor, AutoCloseable {
    private final String mechanism;
    private final ExecutorService threads;

    /**
     * @param mechanism whose threads they are; part of their names
     * @param number how many, which is also how many connections they need
     */
    public Workers(String mechanism, int number) {
        this.mechanism = mechanism;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(
                number,
                work -> Thread.ofPlatform()
                        .daemon()
                        .name("fairlead-" + mechanism + "-" + count.incrementAndGet())
                        .unstarted(work));
    }

    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    /** Waits for the work; an interrupt does not end the wait, which the time-out of the work limits. */
    public <T> T call(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        execute(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result(task);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the work; an interrupt ends the wait with CLOSED, and the work ends unseen. */
    public <T> T callInterruptibly(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        execute(task);
        try {
            return result(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private <T> T result(Future<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FairleadException failure) {
                throw new FairleadException(failure.code(), String.valueOf(failure.getMessage()), failure);
            }
            throw new FairleadException(
                    ErrorCode.INTERNAL,
                    "a call of the " + mechanism + " mechanism ended in an unforeseen way: " + e.getCause(),
                    e);
        }
    }

    /** What a call after the close fails with. */
    public FairleadException closed() {
        return new FairleadException(ErrorCode.CLOSED, "the " + mechanism + " mechanism is closed; open it anew");
    }

    /** What a wait fails with that was interrupted; whoever throws it sets the interrupt flag again. */
    public FairleadException interrupted() {
        return new FairleadException(ErrorCode.CLOSED, "the wait was interrupted; the interrupt flag is still set");
    }

    /** Takes no more work; what was begun goes on to its end. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
