package dev.fairlead.examples.demo;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Something that a thread is making ready. Whoever asks for it waits, and gets it or what the making failed with. */
public final class Pending<T> implements Supplier<T> {
    private final FutureTask<T> task;

    private Pending(FutureTask<T> task) {
        this.task = task;
    }

    /** Begins to make it on a thread of its own. */
    public static <T> Pending<T> on(Workers workers, String role, Supplier<T> making) {
        FutureTask<T> task = new FutureTask<>(making::get);
        workers.start(role, task);
        return new Pending<>(task);
    }

    @Override
    public T get() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(ErrorCode.CLOSED, "the demo was interrupted", e);
        }
    }
}
