package dev.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SettableTimeTest {
    private static final Instant START = Instant.parse("2026-03-29T00:59:59Z");

    private final SettableTime time = SettableTime.at(START);

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(time.now()).isEqualTo(START);
        assertThat(time.nanos()).isZero();
    }

    @Test
    void movesBothClocksTogether() {
        time.advance(Duration.ofSeconds(2));

        assertThat(time.now()).isEqualTo(START.plusSeconds(2));
        assertThat(time.nanos()).isEqualTo(2_000_000_000L);
    }

    @Test
    void jumpsOnlyTheWallClock() {
        time.jumpWallClock(Duration.ofHours(-1));

        assertThat(time.now()).isEqualTo(START.minusSeconds(3600));
        assertThat(time.nanos()).isZero();
    }

    @Test
    void refusesToPassBackwards() {
        assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jumpWallClock");
    }

    @Test
    void tellsListenersUntilTheyClose() {
        AtomicInteger moves = new AtomicInteger();
        Subscription subscription = time.onMove(moves::incrementAndGet);

        time.advance(Duration.ofSeconds(1));
        time.jumpWallClock(Duration.ofSeconds(1));
        subscription.close();
        time.advance(Duration.ofSeconds(1));

        assertThat(moves).hasValue(2);
    }

    @Test
    void wakesThoseWhoWaitForAMomentOnlyWhenItIsReached() throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                time.awaitNanos(Duration.ofSeconds(5).toNanos());
                woken.countDown();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
            }
        });

        time.advance(Duration.ofSeconds(4));
        assertThat(woken.await(50, TimeUnit.MILLISECONDS)).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void ringsAnAlarmBeforeTheMoveReturns() {
        List<Long> rung = new ArrayList<>();
        time.at(2_000_000_000L, () -> rung.add(time.nanos()));

        time.advance(Duration.ofNanos(1_999_999_999L));
        assertThat(rung).isEmpty();
        time.advance(Duration.ofNanos(1));
        time.advance(Duration.ofSeconds(1));
        assertThat(rung).containsExactly(2_000_000_000L);
    }

    @Test
    void anAlarmOfAReachedMomentRingsAtOnceAndACancelledOneNever() {
        List<String> rung = new ArrayList<>();
        time.at(0, () -> rung.add("reached"));
        time.at(5, () -> rung.add("cancelled")).cancel();
        time.advance(Duration.ofSeconds(1));

        assertThat(rung).containsExactly("reached");
    }
}
