package dev.fairlead.node.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrowdingTest {
    private static final Duration LONG = Crowding.SHORT.plusMillis(1);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Executor threads;
    private final Crowding crowding;
    private long now = Long.MAX_VALUE - 1; // the clock may run over
    private @Nullable Boolean refused;

    CrowdingTest() {
        crowding = new Crowding(() -> now);
        threads = crowding.watched(waiting::add);
        leaveWaiting(Crowding.CROWD);
    }

    @Test
    void callsThatDoNotWaitLongAreAlwaysTaken() {
        for (int call = 0; call < 1000; call++) {
            assertThat(isRefused(Crowding.SHORT)).isFalse();
        }
    }

    @Test
    void fewCallsAreTakenHoweverLongTheyWait() {
        Crowding alone = new Crowding(() -> now);
        Executor watched = alone.watched(waiting::add);
        for (int call = 0; call < 1000; call++) {
            watched.execute(() -> refused = alone.isTooMuch());
            now += LONG.toNanos();
            waiting.remove().run();
            assertThat(refused).isFalse();
        }
    }

    @Test
    void aShortCrowdIsTaken() {
        for (Duration passed = Duration.ZERO; passed.compareTo(Crowding.WINDOW) < 0; passed = passed.plus(LONG)) {
            assertThat(isRefused(LONG)).isFalse();
        }
        assertThat(isRefused(Duration.ZERO)).isFalse();
        assertThat(isRefused(LONG)).isFalse();
    }

    @Test
    void aQueueThatStandsIsShortenedUntilItEmpties() {
        overload();
        assertThat(isRefused(LONG)).isTrue();
        assertThat(isRefused(Crowding.SHORT)).as("what came at once").isFalse();
        assertThat(isRefused(LONG)).as("the queue was empty").isFalse();
    }

    @Test
    void aPauseIsNoQueue() {
        overload();
        now += Crowding.WINDOW.multipliedBy(2).toNanos();
        assertThat(isRefused(LONG)).isFalse();
    }

    @Test
    void aFurtherCallOfTheSameWorkHasNotWaited() {
        overload();
        threads.execute(() -> {
            assertThat(crowding.isTooMuch()).isTrue();
            refused = crowding.isTooMuch();
        });
        now += LONG.toNanos();
        waiting.remove().run();
        assertThat(refused).isFalse();
    }

    /** Calls that nobody begins with. */
    private void leaveWaiting(int calls) {
        Executor none = crowding.watched(call -> {});
        for (int call = 0; call < calls; call++) {
            none.execute(() -> {});
        }
    }

    private void overload() {
        for (Duration passed = Duration.ZERO;
                passed.compareTo(Crowding.WINDOW.multipliedBy(2)) < 0;
                passed = passed.plus(LONG)) {
            isRefused(LONG);
        }
    }

    private boolean isRefused(Duration waited) {
        threads.execute(() -> refused = crowding.isTooMuch());
        now += waited.toNanos();
        waiting.remove().run();
        return Boolean.TRUE.equals(refused);
    }
}
