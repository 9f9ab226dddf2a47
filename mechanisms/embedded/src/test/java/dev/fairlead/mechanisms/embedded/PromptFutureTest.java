package dev.fairlead.mechanisms.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptFutureTest {
    private final PromptFuture.Patience patience = new PromptFuture.Patience(Duration.ofMillis(1));

    @Test
    void whatIsMadeFromItIsPatientToo() {
        PromptFuture<String> first = new PromptFuture<>(patience);
        CompletableFuture<Integer> made = first.thenApply(String::length).handle((length, failure) -> length + 1);
        first.complete("four");

        assertThat(made).isInstanceOf(PromptFuture.class);
        assertThat(made.join()).isEqualTo(5);
    }

    @Test
    void aFailureReachesWhoeverWaits() {
        PromptFuture<String> failed = new PromptFuture<>(patience);
        failed.completeExceptionally(new IllegalStateException("full"));

        assertThatThrownBy(failed::join).isInstanceOf(CompletionException.class).hasMessageContaining("full");
        assertThatThrownBy(failed::get).isInstanceOf(ExecutionException.class).hasMessageContaining("full");
    }

    @Test
    void manyWaitersOfOneStoreAllReturn() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 200; round++) {
                PromptFuture<Integer> awaited = new PromptFuture<>(patience);
                List<Future<Integer>> waiters = IntStream.range(0, 4)
                        .mapToObj(waiter -> threads.submit(awaited::join))
                        .toList();
                awaited.complete(round);
                for (Future<Integer> waiter : waiters) {
                    assertThat(waiter.get()).isEqualTo(round);
                }
            }
        }
    }
}
