package dev.fairlead.node.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final byte[] CONTENT = {1};
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final SettableTime time = SettableTime.create();
    private final AtomicInteger done = new AtomicInteger();

    private Outcomes<Integer> outcomes(int most, long bytes) {
        return new Outcomes<>(WINDOW, most, bytes, time);
    }

    private static Outcomes.Call call(int number) {
        return new Outcomes.Call("billing", "profile.quote", "k" + number);
    }

    private int once(Outcomes<Integer> outcomes, int number) throws InterruptedException {
        return outcomes.once(call(number), CONTENT, this::work).outcome();
    }

    private Outcomes.Result<Integer> work() {
        return new Outcomes.Result<>(done.incrementAndGet(), 10, true);
    }

    @Test
    void anOutcomeIsRememberedForTheWindow() throws Exception {
        Outcomes<Integer> outcomes = outcomes(100, 1_000);
        assertThat(once(outcomes, 1)).isEqualTo(1);
        time.advance(WINDOW.minusNanos(1));
        assertThat(once(outcomes, 1)).isEqualTo(1);
        assertThat(outcomes.once(call(1), CONTENT, this::work).isRepeated()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(once(outcomes, 1)).isEqualTo(2);
    }

    @Test
    void theOldestAreForgottenWhenThereIsNoRoom() throws Exception {
        Outcomes<Integer> few = outcomes(2, 1_000);
        Outcomes<Integer> small = outcomes(100, 20);
        for (Outcomes<Integer> outcomes : List.of(few, small)) {
            done.set(0);
            for (int number = 1; number <= 3; number++) {
                once(outcomes, number);
            }
            assertThat(once(outcomes, 2)).isEqualTo(2);
            assertThat(once(outcomes, 3)).isEqualTo(3);
            assertThat(once(outcomes, 1)).as("the oldest").isEqualTo(4);
        }
    }

    @Test
    void s9AnotherContentUnderTheSameKeyIsRefusedAlsoWhileTheFirstIsUnderWay() throws Exception {
        Outcomes<Integer> outcomes = outcomes(100, 1_000);
        outcomes.once(call(1), CONTENT, () -> {
            assertThatThrownBy(() -> outcomes.once(call(1), new byte[] {2}, this::work))
                    .isInstanceOf(Outcomes.KeyReused.class);
            return work();
        });
        assertThatThrownBy(() -> outcomes.once(call(1), new byte[] {2}, this::work))
                .isInstanceOf(Outcomes.KeyReused.class);
        assertThat(outcomes.once(new Outcomes.Call("shipping", "profile.quote", "k1"), new byte[] {2}, this::work)
                        .outcome())
                .as("the same key of another caller")
                .isEqualTo(2);
    }

    @Test
    void ofEqualCallsAtOnceOneIsDone() throws Exception {
        Outcomes<Integer> outcomes = outcomes(100, 1_000);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> may = new CompletableFuture<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(callers.submit(() -> outcomes.once(call(1), CONTENT, () -> {
                            begun.countDown();
                            may.join();
                            return work();
                        })
                        .outcome()));
            }
            begun.await();
            may.complete(null);
            for (Future<Integer> call : calls) {
                assertThat(call.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void whatFailedOrIsNotFinalIsDoneAgain() throws Exception {
        Outcomes<Integer> outcomes = outcomes(100, 1_000);
        assertThatThrownBy(() -> outcomes.once(call(1), CONTENT, () -> {
                    throw new IllegalStateException("as it was to be");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(outcomes.once(call(1), CONTENT, () -> new Outcomes.Result<>(7, 10, false))
                        .outcome())
                .isEqualTo(7);
        assertThat(once(outcomes, 1)).isEqualTo(1);
    }
}
