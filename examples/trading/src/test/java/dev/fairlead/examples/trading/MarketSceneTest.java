package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.CopyStatistics;
import dev.fairlead.api.Health;
import dev.fairlead.api.HealthState;
import dev.fairlead.examples.demo.CopyRow;
import dev.fairlead.examples.demo.Paint;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarketSceneTest {
    /** What the board has left for a story of two lines and six verdicts. */
    private static final int ROOM = 23 - 1 - 2 - 6;

    private static MarketScene scene(HealthState state, long count) {
        List<CopyRow> rows = new ArrayList<>();
        for (String item : List.of("quote", "instrument")) {
            for (String reader : List.of("order-entry", "portfolio", "gateway", "risk")) {
                Health health = new Health(
                        state, Duration.ofNanos(Long.MAX_VALUE), Duration.ofSeconds(1), count, Set.of("SYN499"));
                CopyStatistics counts = new CopyStatistics(count, 0, count, 0, 0, count, count, 0);
                rows.add(new CopyRow(reader, item, health, counts, 500));
            }
        }
        return new MarketScene(
                Duration.ofMillis(86_399_900),
                Duration.ofDays(1),
                1_000_000,
                Instant.ofEpochSecond(1385392901),
                new MarketScene.OfMarket("10000000.01/10000000.02 (100000s old)", count),
                rows,
                new MarketScene.OfReaders(
                        count,
                        count,
                        new Portfolio.Valuation(new BigDecimal("123456789.12"), 20, Duration.ofHours(9))));
    }

    @Test
    void leavesRoomForAStoryAndVerdictsWhateverTheFigures() {
        for (HealthState state : HealthState.values()) {
            for (long count : new long[] {0, 999_999, 1_000_000, 999_999_999, 123_456_789_012L}) {
                assertThat(scene(state, count).lines(Paint.NONE))
                        .hasSizeLessThanOrEqualTo(ROOM)
                        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
            }
        }
    }

    @Test
    void showsEachCopyOfTheQuotesInALineOfItsOwn() {
        assertThat(scene(HealthState.LIVE, 7).lines(Paint.NONE))
                .anyMatch(line -> line.startsWith("portfolio    LIVE"))
                .anyMatch(line -> line.startsWith("instrument   order-entry LIVE portfolio LIVE"));
    }
}
