package dev.fairlead.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentOfTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** A time that goes on by a step after each reading. */
    private static final class Running implements TimeSource {
        private final Duration step;
        private Duration passed = Duration.ZERO;

        private Running(Duration step) {
            this.step = step;
        }

        @Override
        public long nanos() {
            return read().toNanos();
        }

        @Override
        public Instant now() {
            return START.plus(read());
        }

        private Duration read() {
            Duration read = passed;
            passed = passed.plus(step);
            return read;
        }

        @Override
        public Alarm at(long moment, Runnable action) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void isTheMomentWhenTheWallClockShowsIt() {
        TimeSource standing = new Running(Duration.ZERO);

        assertThat(standing.momentOf(START.plusSeconds(20), LONGEST))
                .isEqualTo(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void isNoLaterThanTheLongestWaitAndNoEarlierThanNow() {
        TimeSource standing = new Running(Duration.ZERO);

        for (Instant far : List.of(START.plusSeconds(31), Instant.MAX)) {
            assertThat(standing.momentOf(far, LONGEST)).isEqualTo(LONGEST.toNanos());
        }
        for (Instant past : List.of(START, START.minusSeconds(1), Instant.MIN)) {
            assertThat(standing.momentOf(past, LONGEST)).isZero();
        }
    }

    @Test
    void isNeverLateWhenTimePassesBetweenTheReadings() {
        for (Duration step : List.of(Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofSeconds(61))) {
            assertThat(new Running(step).momentOf(START.plusSeconds(20), LONGEST))
                    .isLessThanOrEqualTo(Duration.ofSeconds(20).toNanos());
        }
    }
}
