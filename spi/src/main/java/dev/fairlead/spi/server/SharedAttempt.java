package dev.fairlead.spi.server;

import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What many callers need at the same time and one of them does, as opening a connection: the others wait for its outcome and share it, also a
 * failure. If each tried by itself after the one before it failed, the last of many would wait many times the time-out. Safe for many threads.
 */
public final class SharedAttempt<T> {
    private final AtomicReference<@Nullable CompletableFuture<T>> running = new AtomicReference<>();

    /**
     * Does the work on this thread, or waits for the thread that does it; an interrupt does not end the wait, which the time-out of the work
     * limits.
     */
    public T join(Supplier<T> work) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> others = running.compareAndExchange(null, mine);
        return others == null ? attempt(mine, work) : outcome(others);
    }

    private T attempt(CompletableFuture<T> mine, Supplier<T> work) {
        try {
            T result = work.get();
            running.set(null);
            mine.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            running.set(null);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private T outcome(CompletableFuture<T> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FairleadException failure) {
                throw new FairleadException(failure.code(), String.valueOf(failure.getMessage()), failure);
            }
            throw e;
        }
    }
}
