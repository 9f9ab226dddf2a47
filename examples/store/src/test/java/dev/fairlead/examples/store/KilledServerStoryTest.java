package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.examples.demo.DemoResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge of a killed server passes what went well, and fails as soon as one thing of it went wrong. */
class KilledServerStoryTest {
    private static void passes(DemoResult.Check check) {
        assertThat(check.passed()).as(check.detail()).isTrue();
    }

    private static void fails(DemoResult.Check check, String because) {
        assertThat(check.passed()).as(check.detail()).isFalse();
        assertThat(check.detail()).contains(because);
    }

    private DemoResult.Check judge(long inLog, long inCopy, long before, boolean sold) {
        return KilledServerStory.judge(
                "the node",
                new KilledServerStory.Seen(
                        Map.of("S1", 3L),
                        Map.of("S1", inLog, "S2", 1L),
                        Map.of("17850", 7L),
                        Map.of("17850", inCopy),
                        before,
                        60,
                        Duration.ofSeconds(2),
                        sold));
    }

    @Test
    void passesWhenWhatWasAcknowledgedIsThere() {
        passes(judge(3, 7, 50, true));
        passes(judge(4, 8, 50, true));
    }

    @Test
    void failsWhenAnEventOrANameIsLost() {
        fails(judge(2, 7, 50, true), "S1 is at 2, acknowledged was 3");
        fails(judge(3, 6, 50, true), "17850 is at 6, acknowledged was 7");
    }

    @Test
    void failsWhenTheShopDoesNotGoOn() {
        fails(judge(3, 7, 50, false), "the sale of meanwhile is not over");
        fails(judge(3, 7, 60, true), "60 names were acknowledged before the kill, 60 in the end");
    }

    @Test
    void failsWhenNothingWasAtStake() {
        fails(judge(3, 7, 0, true), "0 names were acknowledged before the kill");
    }
}
