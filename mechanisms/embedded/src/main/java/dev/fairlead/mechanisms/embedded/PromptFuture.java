package dev.fairlead.mechanisms.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A future whose waiter spins a little before it sleeps, as do those of the futures that are made from it.
 *
 * <p>On a fast disk a commit takes less than putting its caller to sleep and waking it costs on top, and so does a short answer. One
 * waiter of a store, or for one item's answers, spins at a time: where many wait, there is other work for the processor.
 */
final class PromptFuture<T> extends CompletableFuture<T> {
    private final Patience patience;

    /** What waiters of one sort share. */
    static final class Patience {
        private final ShortWaits waits;
        private final AtomicBoolean spinning = new AtomicBoolean();

        Patience(Duration longestSpin) {
            waits = new ShortWaits(longestSpin);
        }
    }

    PromptFuture(Patience patience) {
        this.patience = patience;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new PromptFuture<>(patience);
    }

    @Override
    public T join() {
        long begin = spin();
        try {
            return super.join();
        } finally {
            patience.waits.took(System.nanoTime() - begin);
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        long begin = spin();
        try {
            return super.get();
        } finally {
            patience.waits.took(System.nanoTime() - begin);
        }
    }

    private long spin() {
        long begin = System.nanoTime();
        if (!isDone() && patience.spinning.compareAndSet(false, true)) {
            try {
                patience.waits.spin(this::isDone, Long.MAX_VALUE);
            } finally {
                patience.spinning.set(false);
            }
        }
        return begin;
    }
}
