package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final SettableTime time = SettableTime.create();
    private final Freshness freshness = new Freshness(time, WITHIN);

    @BeforeEach
    void load() {
        freshness.loaded();
    }

    @Test
    void aCopyThatHeardNothingIsNeitherFreshNorHeard() {
        assertThat(freshness.fresh()).isFalse();
        assertThat(freshness.heard()).isFalse();
    }

    @Test
    void aBeatKeepsACompleteCopyFreshForTheTimeThatIsAskedFor() {
        freshness.beat(beat(10), 10);
        time.advance(WITHIN);
        assertThat(freshness.fresh()).isTrue();

        time.advance(Duration.ofNanos(1));
        assertThat(freshness.fresh()).isFalse();
        assertThat(freshness.age()).isEqualTo(WITHIN.plusNanos(1));
    }

    @Test
    void aBeatBeyondWhatIsAppliedCountsOnlyWhenItsEndIsReached() {
        Beat beat = beat(12);
        time.advance(Duration.ofSeconds(1));
        freshness.beat(beat, 10);
        assertThat(freshness.heard()).isTrue();
        assertThat(freshness.fresh()).isFalse();

        freshness.applied(beat.time().minusSeconds(30), 12);
        assertThat(freshness.fresh()).isTrue();
        assertThat(freshness.age()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLaterBeatDoesNotPutOffTheMomentThatAnEarlierOneAsserts() {
        freshness.beat(beat(12), 10);
        time.advance(Duration.ofSeconds(1));
        freshness.beat(beat(20), 11);
        time.advance(Duration.ofSeconds(1));

        freshness.applied(time.now().minusSeconds(60), 12);
        assertThat(freshness.age()).isEqualTo(Duration.ofSeconds(2));
        freshness.applied(time.now().minusSeconds(60), 20);
        assertThat(freshness.age()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLaterOwnersBeatDoesNotWaitForTheEndOfAnEarlierOne() {
        freshness.beat(new Beat(1, time.now(), 100), 10);
        assertThat(freshness.fresh()).isFalse();

        freshness.beat(new Beat(2, time.now(), 10), 10);
        assertThat(freshness.fresh()).isTrue();
    }

    @Test
    void anOwnerWhoseClockIsAheadDoesNotMakeTheFutureFresh() {
        freshness.beat(new Beat(1, time.now().plusSeconds(3600), 0), 0);
        time.advance(WITHIN.plusNanos(1));

        assertThat(freshness.fresh()).isFalse();
    }

    @Test
    void aWallClockThatIsSetBackDoesNotMakeOldDataFresh() {
        freshness.beat(beat(0), 0);
        time.jumpWallClock(Duration.ofHours(-1));
        time.advance(WITHIN.plusNanos(1));

        assertThat(freshness.fresh()).isFalse();
    }

    @Test
    void aThreadThatIsHeldUpBetweenTheClocksDoesNotMakeTheCopyLookYounger() {
        TimeSource heldUp = new TimeSource() {
            @Override
            public long nanos() {
                long read = time.nanos();
                time.advance(Duration.ofSeconds(1));
                return read;
            }

            @Override
            public Instant now() {
                Instant read = time.now();
                time.advance(Duration.ofSeconds(1));
                return read;
            }

            @Override
            public Alarm at(long moment, Runnable action) {
                return time.at(moment, action);
            }
        };
        Freshness copy = new Freshness(heldUp, Duration.ofMinutes(1));
        copy.loaded();
        Instant written = time.now();
        copy.beat(new Beat(1, written, 0), 0);

        Duration age = copy.age();
        assertThat(age)
                .isGreaterThanOrEqualTo(Duration.between(written, time.now().minusSeconds(1)));
    }

    @Test
    void anythingOlderThanACenturyIsJustOld() {
        freshness.beat(new Beat(1, Instant.MIN, 0), 0);

        assertThat(freshness.fresh()).isFalse();
        assertThat(freshness.heard()).isFalse();
    }

    private Beat beat(long end) {
        return new Beat(1, time.now(), end);
    }
}
