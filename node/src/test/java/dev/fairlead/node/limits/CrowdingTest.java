package dev.fairlead.node.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrowdingTest {
    private static final Duration LONG = Crowding.SHORT.plusMillis(1);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Runnable> idle = new ArrayList<>();
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
    void inACrowdOnlyAFewAreLetWait() {
        overload();
        assertThat(isRefused(LONG)).isTrue();
        assertThat(isRefused(Duration.ZERO)).as("one more than a few").isTrue();
        leaveWaiting(Crowding.FEW - 1);
        assertThat(isRefused(LONG)).as("one of a few").isFalse();
    }

    @Test
    void thoseWhoComeAgainFindTheSame() {
        overload();
        leaveWaiting(0);
        assertThat(isRefused(Duration.ZERO)).isFalse();
        now += Crowding.AWAY.minusMillis(1).toNanos();
        leaveWaiting(Crowding.FEW);
        assertThat(isRefused(Duration.ZERO)).isTrue();
    }

    @Test
    void whenTheCrowdHasStayedAwayTheNextOneIsLetInAgain() {
        overload();
        leaveWaiting(Crowding.FEW - 1);
        now += Crowding.AWAY.plusMillis(1).toNanos();
        assertThat(isRefused(LONG)).isFalse();
        leaveWaiting(Crowding.CROWD);
        assertThat(isRefused(LONG)).isFalse();
        overload();
        assertThat(isRefused(LONG)).isTrue();
    }

    @Test
    void aPauseIsNoQueue() {
        for (int call = 0; call < 10; call++) {
            assertThat(isRefused(LONG)).isFalse();
            now += Crowding.WINDOW.multipliedBy(2).toNanos();
        }
    }

    /** So that the queue does not stand. */
    @Test
    void aFurtherCallOfTheSameWorkHasNotWaited() {
        for (int call = 0; call < 100; call++) {
            threads.execute(() -> {
                assertThat(crowding.isTooMuch()).isFalse();
                refused = crowding.isTooMuch();
            });
            now += LONG.toNanos();
            waiting.remove().run();
            assertThat(refused).isFalse();
        }
    }

    /** Lets so many calls wait that nobody begins with, and no more. */
    private void leaveWaiting(int calls) {
        idle.forEach(Runnable::run);
        idle.clear();
        Executor none = crowding.watched(idle::add);
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
