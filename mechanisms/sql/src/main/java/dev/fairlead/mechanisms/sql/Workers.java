package dev.fairlead.mechanisms.sql;

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

/** The threads that talk to the database, as many as there are connections. */
final class Workers implements Executor, AutoCloseable {
    private final ExecutorService threads;

    Workers(int number) {
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(
                number,
                work -> Thread.ofPlatform()
                        .daemon()
                        .name("fairlead-sql-" + count.incrementAndGet())
                        .unstarted(work));
    }

    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw Failures.closed();
        }
    }

    /** Waits for the work; an interrupt does not end the wait, which the time-out of the database limits. */
    <T> T call(Callable<T> work) {
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
    <T> T callInterruptibly(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        execute(task);
        try {
            return result(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
    }

    private static <T> T result(Future<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FairleadException failure) {
                throw new FairleadException(failure.code(), String.valueOf(failure.getMessage()), failure);
            }
            throw new FairleadException(
                    ErrorCode.INTERNAL, "a call of the database ended in an unforeseen way: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
