package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one client does one after another, each with a higher number than the last: what is sent again is not done again, and gets the
 * answer of the first time. What comes late, when a higher number was there, is refused. Safe for many threads.
 */
final class Repeated<T> {
    private final Duration patience;
    private long highest;
    private @Nullable CompletableFuture<T> last;

    /** @param patience how long an answer is waited for */
    Repeated(Duration patience) {
        this.patience = patience;
    }

    /** What came of the work; nothing when it goes on. Work that failed is done again when it is sent again. */
    Optional<T> once(long number, Supplier<T> work) {
        CompletableFuture<T> known = begun(number);
        return known == null ? awaited(begin(number, work)) : awaited(known);
    }

    private synchronized @Nullable CompletableFuture<T> begun(long number) {
        if (number < highest) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, "this was sent before what came last, and is not done any more");
        }
        return number == highest ? last : null;
    }

    private synchronized CompletableFuture<T> begin(long number, Supplier<T> work) {
        CompletableFuture<T> known = begun(number);
        if (known != null) {
            return known;
        }
        CompletableFuture<T> begun = new CompletableFuture<>();
        highest = number;
        last = begun;
        Thread.ofVirtual().name("fairlead carried act").start(() -> work(begun, work));
        return begun;
    }

    private void work(CompletableFuture<T> begun, Supplier<T> work) {
        try {
            begun.complete(work.get());
        } catch (RuntimeException | Error e) {
            forget(begun);
            begun.completeExceptionally(e);
        }
    }

    private synchronized void forget(CompletableFuture<T> failed) {
        if (last == failed) {
            last = null;
        }
    }

    private Optional<T> awaited(CompletableFuture<T> result) {
        try {
            return Optional.of(result.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FairleadException known) {
                throw known;
            }
            throw new FairleadException(ErrorCode.INTERNAL, "a call ended in an unforeseen way: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(ErrorCode.CLOSED, "the node is stopping", e);
        }
    }

    /** What came last, if it is beyond the number and works out; nothing is begun any more. */
    synchronized CompletableFuture<T> end(long beyond) {
        CompletableFuture<T> unseen = last;
        boolean isBeyond = highest > beyond;
        highest = Long.MAX_VALUE;
        last = null;
        return unseen != null && isBeyond ? unseen : new CompletableFuture<>();
    }
}
