package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Digest;
import dev.fairlead.api.HealthState;
import dev.fairlead.examples.demo.Agreement;
import dev.fairlead.examples.demo.DemoResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each judge passes what went well, and fails as soon as one thing of it went wrong. */
class JudgesTest {
    private static final Digest OWNED = new Digest(4711, 500, 0x1234);

    private static Agreement agreement(Digest held) {
        return new Agreement("risk's copy of quote", OWNED, held);
    }

    private static void passes(DemoResult.Check check) {
        assertThat(check.passed()).as(check.detail()).isTrue();
    }

    private static void fails(DemoResult.Check check, String because) {
        assertThat(check.passed()).as(check.detail()).isFalse();
        assertThat(check.detail()).contains(because);
    }

    @Nested
    class Agreements {
        @Test
        void passWhenAllDigestsAreEqual() {
            passes(Agreement.judge(List.of(agreement(OWNED), agreement(new Digest(4711, 500, 0x1234)))));
        }

        @Test
        void failWhenOneHashDiffers() {
            fails(Agreement.judge(List.of(agreement(OWNED), agreement(new Digest(4711, 500, 0x1235)))), "risk's copy");
        }

        @Test
        void failWhenOneCopyIsBehind() {
            fails(Agreement.judge(List.of(agreement(new Digest(4710, 500, 0x1234)))), "4710");
        }

        @Test
        void failWhenThereIsNothingToCompare() {
            assertThat(Agreement.judge(List.of()).passed()).isFalse();
        }
    }

    @Nested
    class LateJoiner {
        private DemoResult.Check judge(HealthState last, Digest held) {
            return LateJoinerStory.judge(new LateJoinerStory.Seen(HealthState.LOADING, last, 12.5, agreement(held)));
        }

        @Test
        void passesWhenItIsLiveAndWhole() {
            passes(judge(HealthState.LIVE, OWNED));
        }

        @Test
        void failsWhenItIsNotLive() {
            fails(judge(HealthState.LATE, OWNED), "LATE");
        }

        @Test
        void failsWhenItsDigestDiffers() {
            fails(judge(HealthState.LIVE, new Digest(4711, 500, 99)), "differs");
        }

        @Test
        void failsWhenItLacksKeys() {
            Digest few = new Digest(4711, 499, 1);
            fails(
                    LateJoinerStory.judge(new LateJoinerStory.Seen(
                            HealthState.LOADING, HealthState.LIVE, 1, new Agreement("risk", few, few))),
                    "499 keys");
        }
    }

    @Nested
    class LostRecord {
        private DemoResult.Check judge(
                Set<String> inGap,
                Set<String> elsewhere,
                Set<String> doubted,
                long lost,
                double millis,
                boolean right) {
            return LostRecordStory.judge(
                    new LostRecordStory.Seen("SYN499", inGap, elsewhere, doubted, lost, millis, right));
        }

        private final Set<String> one = Set.of("SYN499");

        @Test
        void passesWhenOneKeyWasInAGapAndCameBack() {
            passes(judge(one, Set.of(), one, 1, 310, true));
        }

        @Test
        void failsWhenAnotherKeyWasInAGap() {
            fails(judge(Set.of("SYN499", "SYN001"), Set.of(), one, 1, 310, true), "SYN001");
        }

        @Test
        void failsWhenAnotherCopyHadAGap() {
            fails(judge(one, Set.of("gateway's copy of quote"), one, 1, 310, true), "gateway");
        }

        @Test
        void failsWhenAnotherKeyWasDoubted() {
            fails(judge(one, Set.of(), Set.of("BTCUSD", "SYN499"), 1, 310, true), "BTCUSD");
        }

        @Test
        void failsWhenTheKeyWasNotDoubted() {
            assertThat(judge(one, Set.of(), Set.of(), 1, 310, true).passed()).isFalse();
        }

        @Test
        void failsWhenNothingWasReallyLost() {
            fails(judge(one, Set.of(), one, 0, 310, true), "0 record");
        }

        @Test
        void failsWhenNoGapWasSeen() {
            assertThat(judge(Set.of(), Set.of(), Set.of(), 1, 0, true).passed()).isFalse();
        }

        @Test
        void failsWhenTheGapStayed() {
            fails(judge(one, Set.of(), one, 1, -1, false), "it stayed");
        }

        @Test
        void failsWhenTheValueIsWrongInTheEnd() {
            fails(judge(one, Set.of(), one, 1, 310, false), "wrong value");
        }
    }

    @Nested
    class Quiet {
        private DemoResult.Check judge(int copies, long records, Set<String> wavered, Set<String> dead) {
            return QuietStory.judge(new QuietStory.Seen(
                    Duration.ofMillis(1200), records, Duration.ofMillis(62), copies, wavered, dead));
        }

        @Test
        void passesWhenNothingCameAndAllStayedLive() {
            passes(judge(3, 0, Set.of(), Set.of()));
        }

        @Test
        void passesWhenACopyThatWasHeldUpLivesWithoutARecord() {
            passes(judge(3, 0, Set.of("order-entry"), Set.of()));
        }

        @Test
        void failsWhenACopyWasDeadInTheEnd() {
            fails(judge(3, 0, Set.of("order-entry"), Set.of("order-entry")), "order-entry");
        }

        @Test
        void failsWhenRecordsCame() {
            fails(judge(3, 3, Set.of(), Set.of()), "3 records");
        }

        @Test
        void failsWhenNothingWasWatched() {
            assertThat(judge(0, 0, Set.of(), Set.of()).passed()).isFalse();
        }
    }

    @Nested
    class StoppedOwner {
        private static StoppedOwnerStory.Attempt attempt(int millis, OrderEntry.Outcome order, int valued, int age) {
            return new StoppedOwnerStory.Attempt(
                    millis > 250,
                    order,
                    millis > 1000,
                    new Portfolio.Valuation(BigDecimal.TEN, valued, Duration.ofMillis(age)));
        }

        private final OrderEntry.Outcome sent = new OrderEntry.Outcome.Sent(BigDecimal.TEN, 1);

        private OrderEntry.Outcome refused(int age) {
            return new OrderEntry.Outcome.Refused(Duration.ofMillis(age));
        }

        private DemoResult.Check judge(boolean sentAgain, StoppedOwnerStory.Attempt... attempts) {
            return StoppedOwnerStory.judge(new StoppedOwnerStory.Seen(
                    List.of(attempts), Duration.ofMillis(250), Duration.ofSeconds(1), 20, sentAgain));
        }

        @Test
        void passesWhenOldQuotesWereRefusedAndServedWithAge() {
            passes(judge(
                    true,
                    attempt(100, sent, 20, 0),
                    attempt(600, refused(620), 20, 0),
                    attempt(1500, refused(1520), 20, 1520)));
        }

        @Test
        void failsWhenAnOrderWentOutOnAnOldQuote() {
            fails(judge(true, attempt(600, sent, 20, 0), attempt(1500, refused(1520), 20, 1520)), "1 sent");
        }

        @Test
        void failsWhenNoOrderWasTriedOnAnOldQuote() {
            fails(judge(true, attempt(100, sent, 20, 0)), "0 refused");
        }

        @Test
        void failsWhenTheRefusalDoesNotTellTheAge() {
            fails(judge(true, attempt(600, refused(10), 20, 0), attempt(1500, refused(1520), 20, 1520)), "1 refused");
        }

        @Test
        void failsWhenTheRefusalHadAnotherReason() {
            assertThat(judge(
                                    true,
                                    attempt(600, new OrderEntry.Outcome.Impossible("no quote"), 20, 0),
                                    attempt(1500, refused(1520), 20, 1520))
                            .passed())
                    .isFalse();
        }

        @Test
        void failsWhenThePortfolioDidNotServe() {
            fails(judge(true, attempt(1500, refused(1520), 7, 1520)), "did not serve");
        }

        @Test
        void failsWhenThePortfolioHidTheAge() {
            fails(judge(true, attempt(1500, refused(1520), 20, 0)), "did not serve with age");
        }

        @Test
        void failsWhenOrdersStayedRefused() {
            fails(judge(false, attempt(600, refused(620), 20, 0), attempt(1500, refused(1520), 20, 1520)), "no order");
        }
    }

    @Nested
    class Conflation {
        private DemoResult.Check judge(Set<String> outdated, long told, long counted) {
            return ConflationStory.judge(new ConflationStory.Seen(500, outdated, told, counted, 900));
        }

        @Test
        void passesWhenTheGatewayWasToldAndShowsTheLatest() {
            passes(judge(Set.of(), 40, 40));
        }

        @Test
        void failsWhenAScreenIsOutdated() {
            fails(judge(Set.of("BTCUSD"), 40, 40), "1 screens are outdated");
        }

        @Test
        void failsWhenItWasNotToldOfAll() {
            assertThat(judge(Set.of(), 39, 40).passed()).isFalse();
        }

        @Test
        void failsWhenNothingWasConflated() {
            assertThat(judge(Set.of(), 0, 0).passed()).isFalse();
        }
    }

    @Nested
    class KilledServer {
        private DemoResult.Check judge(boolean refused, boolean live, boolean sentAgain, long published) {
            return KilledServerStory.judge(
                    "the node", new KilledServerStory.Seen(refused, live, Duration.ofSeconds(1), sentAgain, published));
        }

        @Test
        void passesWhenOrdersWereRefusedAndAllGoesOn() {
            passes(judge(true, true, true, 12));
        }

        @Test
        void failsWhenItWasNotNoticedOrSomethingDoesNotGoOn() {
            fails(judge(false, true, true, 12), "no order was refused meanwhile");
            fails(judge(true, false, true, 12), "not all copies LIVE");
            fails(judge(true, true, false, 12), "no order went out afterwards");
            fails(judge(true, true, true, 0), "0 quotes published");
        }
    }

    @Nested
    class ServicesApart {
        private DemoResult.Check judge(long sent, long refused, long sentAgain, int copies, String... faults) {
            return ServicesApartStory.judge(
                    new ServicesApartStory.Seen(sent, refused, sentAgain, copies, List.of(faults)));
        }

        @Test
        void passesWhenOrdersWereRefusedMeanwhileAndAllHoldTheSame() {
            passes(judge(11, 12, 13, 8));
        }

        @Test
        void failsWhenNothingWasAtStakeOrSomethingDidNotGoOn() {
            fails(judge(0, 12, 13, 8), "0 orders before the kill");
            fails(judge(11, 0, 13, 8), "0 refused after it");
            fails(judge(11, 12, 0, 8), "0 when the feed handler was back");
            fails(judge(11, 12, 13, 7), "there are 7 copies");
            fails(judge(11, 12, 13, 8, "risk ended badly"), "risk ended badly");
        }
    }
}
