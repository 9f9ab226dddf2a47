package dev.fairlead.spi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedAttemptTest {
    private static final int CALLERS = 8;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final SharedAttempt<String> shared = new SharedAttempt<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void whoComesMeanwhileSharesTheFailureOfTheOneAttempt() {
        List<FutureTask<String>> callers = callWhileOneTries(() -> {
            throw new FairleadException(ErrorCode.UNREACHABLE, "the server is silent");
        });
        for (FutureTask<String> each : callers) {
            assertThatThrownBy(each::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE))
                    .hasMessage("the server is silent");
        }
        assertThat(attempts).hasValue(1);
        assertThat(shared.join(() -> "a later one tries anew")).isEqualTo("a later one tries anew");
    }

    @Test
    void whoComesMeanwhileSharesTheResult() throws Exception {
        for (FutureTask<String> each : callWhileOneTries(() -> "open")) {
            assertThat(each.get()).isEqualTo("open");
        }
        assertThat(attempts).hasValue(1);
    }

    @Test
    void anInterruptDoesNotEndTheWaitAndIsKept() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        List<FutureTask<String>> first = begin(1, () -> "open");
        Awaitility.await().atMost(SOON).until(() -> attempts.get() == 1);
        Thread waiting = Thread.ofPlatform().start(() -> {
            shared.join(() -> "never");
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiting.interrupt();
        Awaitility.await().atMost(SOON).until(() -> waiting.getState() == Thread.State.WAITING);
        release.countDown();
        assertThat(interrupted.get()).isTrue();
        assertThat(first.getFirst().get()).isEqualTo("open");
    }

    private List<FutureTask<String>> callWhileOneTries(Supplier<String> outcome) {
        List<FutureTask<String>> callers = new ArrayList<>(begin(CALLERS, outcome));
        release.countDown();
        return callers;
    }

    /** Starts them, and returns when one is in the middle of its attempt and all others wait. */
    private List<FutureTask<String>> begin(int callers, Supplier<String> outcome) {
        List<FutureTask<String>> calls = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            FutureTask<String> call = new FutureTask<>(() -> shared.join(() -> {
                attempts.incrementAndGet();
                Uninterrupted.await(release);
                return outcome.get();
            }));
            calls.add(call);
            threads.add(Thread.ofPlatform().start(call));
        }
        Awaitility.await()
                .atMost(SOON)
                .until(() -> threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
        return calls;
    }
}
