package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.FairleadException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The steps of one opening that are on their way into a journal. Safe for many threads; outcomes are completed by the caller, outside its locks. */
final class PendingSteps {
    private final Map<Long, Pending> pending = new HashMap<>();
    private final long patience;
    private long numbers;

    /** A step on its way, and until when it is waited for. */
    private record Pending(CompletableFuture<QueueState.Effect> outcome, long deadline) {}

    /** @param patience in nanoseconds, for each step */
    PendingSteps(long patience) {
        this.patience = patience;
    }

    /** Gives the step a number, by which it is known when it is read. */
    synchronized long add(CompletableFuture<QueueState.Effect> outcome) {
        pending.put(numbers, new Pending(outcome, System.nanoTime() + patience));
        return numbers++;
    }

    /** Whether there was ever any. */
    synchronized boolean wereAny() {
        return numbers > 0;
    }

    /** Whoever waits for the step; null when nobody does any more. */
    synchronized @Nullable CompletableFuture<QueueState.Effect> remove(long number) {
        Pending found = pending.remove(number);
        return found == null ? null : found.outcome();
    }

    /** Those for which nobody should wait any longer. */
    synchronized List<CompletableFuture<QueueState.Effect>> removeOverdue() {
        long now = System.nanoTime();
        List<CompletableFuture<QueueState.Effect>> overdue = new ArrayList<>();
        pending.values().removeIf(each -> each.deadline() - now < 0 && overdue.add(each.outcome()));
        return overdue;
    }

    /** Ends all of them. */
    void fail(FairleadException failure) {
        List<Pending> all;
        synchronized (this) {
            all = List.copyOf(pending.values());
            pending.clear();
        }
        all.forEach(each -> each.outcome().completeExceptionally(failure));
    }
}
