package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReopenedTest {
    private static final Duration TIMEOUT = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch silence = new CountDownLatch(1);

    private record Thing(AtomicInteger closed) implements Reopened.Open {
        @Override
        public boolean isBroken() {
            return closed.get() > 0;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void allWhoWaitForASilentServerGiveUpTogether() {
        Reopened<Thing> reopened = new Reopened<>(
                () -> {
                    attempts.incrementAndGet();
                    Uninterrupted.await(silence);
                    // The attempt took more than half of the time-out for sure.
                    LockSupport.parkNanos(TIMEOUT.toNanos());
                    throw new FairleadException(ErrorCode.UNREACHABLE, "the server is silent");
                },
                TIMEOUT);
        List<FutureTask<Thing>> callers =
                Stream.generate(() -> new FutureTask<>(reopened::get)).limit(5).toList();
        List<Thread> threads =
                callers.stream().map(each -> Thread.ofPlatform().start(each)).toList();
        Awaitility.await()
                .atMost(SOON)
                .until(() -> threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
        silence.countDown();
        for (FutureTask<Thing> each : callers) {
            assertThatThrownBy(each::get).isInstanceOf(ExecutionException.class).hasMessageContaining("silent");
        }
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatOpensAfterTheEndIsClosed() {
        Thing late = new Thing(new AtomicInteger());
        Reopened<Thing> reopened = new Reopened<>(
                () -> {
                    attempts.incrementAndGet();
                    Uninterrupted.await(silence);
                    return late;
                },
                TIMEOUT);
        FutureTask<Thing> caller = new FutureTask<>(reopened::get);
        Thread.ofPlatform().start(caller);
        Awaitility.await().atMost(SOON).until(() -> attempts.get() == 1);
        assertThat(reopened.end()).isNull();
        silence.countDown();
        assertThatThrownBy(caller::get).hasMessageContaining("closed");
        assertThat(late.closed()).hasValue(1);
    }

    @Test
    void aBrokenOneIsOpenedAnew() {
        Reopened<Thing> reopened = new Reopened<>(() -> new Thing(new AtomicInteger()), TIMEOUT);
        Thing first = reopened.get();
        assertThat(reopened.get()).isSameAs(first);
        first.close();
        assertThat(reopened.get()).isNotSameAs(first);
    }
}
