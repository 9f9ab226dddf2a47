package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.examples.demo.ChildProcess;
import dev.fairlead.examples.demo.DemoResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each judge passes what went well, and fails as soon as one thing of it went wrong. */
class JudgesTest {
    private static final BigDecimal TEN = new BigDecimal("10.00");

    private static void passes(DemoResult.Check check) {
        assertThat(check.passed()).as(check.detail()).isTrue();
    }

    private static void fails(DemoResult.Check check, String because) {
        assertThat(check.passed()).as(check.detail()).isFalse();
        assertThat(check.detail()).contains(because);
    }

    @Nested
    class OwnerDown {
        private OwnerDownStory.Look look(int seconds, AuthService.Login login, int named) {
            return new OwnerDownStory.Look(Duration.ofSeconds(seconds), login, Duration.ofSeconds(named));
        }

        private AuthService.Login in(int seconds) {
            return new AuthService.Login.In(Duration.ofSeconds(seconds));
        }

        @Test
        void passesWhenBothSayHowOldForTenMinutes() {
            passes(OwnerDownStory.judge(true, List.of(look(10, in(10), 10), look(600, in(601), 600))));
        }

        @Test
        void failsWhenALoginWasTurnedAway() {
            fails(
                    OwnerDownStory.judge(true, List.of(look(600, new AuthService.Login.Out("no profile"), 600))),
                    "no profile");
        }

        @Test
        void failsWhenAnAgeIsTooYoung() {
            fails(OwnerDownStory.judge(true, List.of(look(600, in(0), 600))), "after 600s");
            fails(OwnerDownStory.judge(true, List.of(look(600, in(600), 0))), "after 600s");
        }

        @Test
        void failsWhenItWasDownForLess() {
            assertThat(OwnerDownStory.judge(true, List.of(look(10, in(10), 10))).passed())
                    .isFalse();
            assertThat(OwnerDownStory.judge(true, List.of()).passed()).isFalse();
        }

        @Test
        void failsWhenItWasNotUpBefore() {
            fails(OwnerDownStory.judge(false, List.of(look(600, in(600), 600))), "before was not fresh");
        }
    }

    @Nested
    class StaleCharge {
        private DemoResult.Check judge(@Nullable Duration at, int asked, boolean guest, int moved, OpenSale.Stage end) {
            return StaleChargeStory.judge(
                    new StaleChargeStory.Seen(at, Duration.ofSeconds(5), asked, guest, moved, end));
        }

        private final Duration old = Duration.ofMinutes(10);

        @Test
        void passesWhenRefusedAndThenSettledOnce() {
            passes(judge(old, 0, true, 1, OpenSale.Stage.DONE));
            passes(judge(old, 0, true, 0, OpenSale.Stage.FAILED));
        }

        @Test
        void failsWhenNothingWasRefused() {
            fails(judge(null, 0, true, 1, OpenSale.Stage.DONE), "no charge was refused");
            assertThat(judge(Duration.ofSeconds(4), 0, true, 1, OpenSale.Stage.DONE)
                            .passed())
                    .isFalse();
        }

        @Test
        void failsWhenTheCardWasAskedAllTheSame() {
            fails(judge(old, 1, true, 1, OpenSale.Stage.DONE), "asked once");
        }

        @Test
        void failsWhenTheGuestHadToWait() {
            fails(judge(old, 0, false, 1, OpenSale.Stage.DONE), "the guest was not served");
        }

        @Test
        void failsWhenItWasChargedTwiceOrNotSettled() {
            fails(judge(old, 0, true, 2, OpenSale.Stage.DONE), "moved twice");
            fails(judge(old, 0, true, 0, OpenSale.Stage.PAYING), "PAYING");
        }
    }

    @Nested
    class Parked {
        private DemoResult.Check judge(Set<String> ledger, Set<String> dead, long queued, long booked) {
            return ParkedKeyStory.judge(new ParkedKeyStory.Seen(ledger, dead, queued, 15, booked));
        }

        private final Set<String> one = Set.of(ParkedKeyStory.UNBOOKABLE);
        private final Set<String> card = Set.of(ParkedKeyStory.BROKEN_CARD);

        @Test
        void passesWhenOneSaleEachIsSetAside() {
            passes(judge(one, card, 15, 10));
        }

        @Test
        void failsWhenAnotherOrNoSaleIs() {
            fails(judge(Set.of(ParkedKeyStory.UNBOOKABLE, "S1"), card, 15, 10), "S1");
            fails(judge(Set.of(), card, 15, 10), "parked nothing");
            fails(judge(one, Set.of(), 15, 10), "nothing is a dead letter");
        }

        @Test
        void failsWhenAnEventWentPastTheParkedOne() {
            fails(judge(one, card, 14, 10), "14 events (of 15)");
        }

        @Test
        void failsWhenOthersWereHeldUp() {
            fails(judge(one, card, 15, 9), "9 of 10");
        }
    }

    @Nested
    class Redriven {
        private final List<Long> all = LongStream.rangeClosed(1, 16).boxed().toList();

        @Test
        void passesWhenAllAreBookedInOrder() {
            passes(RedriveStory.judge(List.of(1L), 15, all, 16));
        }

        @Test
        void failsWhenTwoAreSwapped() {
            List<Long> swapped = new ArrayList<>(all);
            swapped.set(5, 7L);
            swapped.set(6, 6L);
            fails(RedriveStory.judge(List.of(1L), 15, swapped, 16), "not in order");
        }

        @Test
        void failsWhenOneIsMissing() {
            fails(RedriveStory.judge(List.of(1L), 15, all.subList(0, 15), 16), "not all");
        }

        @Test
        void failsWhenNothingWasParked() {
            assertThat(RedriveStory.judge(all, 0, all, 16).passed()).isFalse();
        }
    }

    @Nested
    class LongInvoice {
        private DemoResult.Check judge(long ahead, long bookedOfLong, long others, long end) {
            return LongInvoiceStory.judge(new LongInvoiceStory.Seen(1114, ahead, bookedOfLong, others, end));
        }

        @Test
        void passesWhenOthersWereBookedInTheMiddleOfIt() {
            passes(judge(1117, 299, 20, 1118));
        }

        @Test
        void failsWhenOthersWaited() {
            fails(judge(1117, 299, 0, 1118), "0 of 20");
        }

        @Test
        void failsWhenItWasNotInTheWayOrNotBooked() {
            assertThat(judge(1117, 1117, 20, 1118).passed()).isFalse();
            assertThat(judge(900, 299, 20, 1118).passed()).isFalse();
            assertThat(judge(1117, 299, 20, 900).passed()).isFalse();
        }
    }

    @Nested
    class Renamed {
        private FairleadException refused(String message) {
            return new FairleadException(ErrorCode.PLAN, message);
        }

        @Test
        void passesWhenTheTwoReadersAreNamed() {
            passes(RenameStory.judge(
                    1, refused("billing.yaml:3: no field country\nshipping.yaml:9: no field country")));
        }

        @Test
        void failsWhenAnotherOrNoneIsNamedOrItOpened() {
            fails(
                    RenameStory.judge(
                            1, refused("auth.yaml:1: country\nbilling.yaml:3: country\nshipping.yaml:9: country")),
                    "auth.yaml");
            fails(RenameStory.judge(1, refused("billing.yaml:3: country")), "naming billing.yaml");
            fails(RenameStory.judge(1, null), "billing opened");
            assertThat(RenameStory.judge(0, refused("billing.yaml:3: country\nshipping.yaml:9:"))
                            .passed())
                    .isFalse();
        }
    }

    @Nested
    class Descriptions {
        private final DescriptionStory.Shown decided = new DescriptionStory.Shown("SET OF 6", 2);

        @Test
        void passesWhenAllShowTheOwners() {
            passes(DescriptionStory.judge("20000", ErrorCode.PLAN, decided, Map.of("cart", decided)));
        }

        @Test
        void failsWhenAReaderWroteOrShowsAnother() {
            fails(DescriptionStory.judge("20000", null, decided, Map.of("cart", decided)), "wrote a description");
            DescriptionStory.Shown old = new DescriptionStory.Shown("SET", 1);
            fails(DescriptionStory.judge("20000", ErrorCode.PLAN, decided, Map.of("cart", old)), "SET");
            assertThat(DescriptionStory.judge("20000", ErrorCode.PLAN, decided, Map.of())
                            .passed())
                    .isFalse();
        }
    }

    @Nested
    class Replay {
        private DemoResult.Check judge(boolean same, int mailsAfter, int chargesAfter) {
            return ReplayStory.judge(new ReplayStory.Seen(900, 30, same, 20, mailsAfter, 20, chargesAfter));
        }

        @Test
        void passesWhenBooksAreEqualAndNothingHappened() {
            passes(judge(true, 20, 20));
        }

        @Test
        void failsWhenBooksDifferOrSomethingHappened() {
            fails(judge(false, 20, 20), "different");
            fails(judge(true, 21, 20), "20 → 21");
            fails(judge(true, 20, 21), "charges 20 → 21");
        }
    }

    @Nested
    class Erased {
        private DemoResult.Check judge(
                int before, List<String> after, List<String> missing, List<String> copies, int booked, int named) {
            return ErasureStory.judge(
                    new ErasureStory.Seen("13600", 2, before, after, 12, missing, copies, booked, named));
        }

        @Test
        void passesWhenNothingIsLeftButTheSales() {
            passes(judge(3, List.of(), List.of(), List.of(), 2, 0));
        }

        @Test
        void failsWhenSomethingIsLeft() {
            fails(judge(3, List.of("7.sst"), List.of(), List.of(), 2, 0), "7.sst still holds");
            fails(judge(3, List.of(), List.of("auth/copy"), List.of(), 2, 0), "auth/copy has not erased");
            fails(judge(3, List.of(), List.of(), List.of("auth"), 2, 0), "the copy of auth still shows");
            fails(judge(3, List.of(), List.of(), List.of(), 2, 1), "1 parcels still carry the name");
        }

        @Test
        void failsWhenASaleIsGoneOrNothingWasThere() {
            fails(judge(3, List.of(), List.of(), List.of(), 1, 0), "keeps 1 of 2 sales");
            fails(judge(0, List.of(), List.of(), List.of(), 2, 0), "nothing to erase");
        }
    }

    @Nested
    class Bootstrap {
        private final List<String> first = List.of("half 2186 LOADING", "renamed 13600 2");

        private List<String> second(int customers, long versionOfFirst, String copy) {
            List<String> lines = new ArrayList<>(List.of("renamed 13600 3", "digests abc over 4372 | " + copy));
            IntStream.range(0, customers)
                    .forEach(i -> lines.add("shown " + (13_600 + i) + " " + (i == 0 ? versionOfFirst : 1)));
            return lines;
        }

        @Test
        void passesWhenEachIsThereOnceAndTheNewest() {
            passes(BootstrapKilledStory.judge(first, second(4372, 3, "abc over 4372"), 0));
        }

        @Test
        void failsWhenOneIsMissingDoubleOrOld() {
            fails(BootstrapKilledStory.judge(first, second(4371, 3, "abc over 4372"), 0), "4371 customers");
            List<String> twice = second(4372, 3, "abc over 4372");
            twice.add("shown 13601 1");
            fails(BootstrapKilledStory.judge(first, twice, 0), "13601 is there 2 times");
            fails(BootstrapKilledStory.judge(first, second(4372, 2, "abc over 4372"), 0), "and 3 was acknowledged");
        }

        @Test
        void failsWhenDigestsDifferOrAProcessFailed() {
            fails(BootstrapKilledStory.judge(first, second(4372, 3, "abd over 4372"), 0), "digests differ");
            fails(BootstrapKilledStory.judge(first, second(4372, 3, "abc over 4372"), 1), "ended with 1");
            fails(
                    BootstrapKilledStory.judge(List.of(), second(4372, 3, "abc over 4372"), 0),
                    "'half' was told 0 times");
        }
    }

    @Nested
    class Killed {
        private final Audit audit = audit(1, true, 1);

        private Audit audit(int moved, boolean done, int payments) {
            return new Audit(
                    Map.of("S1", 3L),
                    Map.of("S1", TEN),
                    Map.of("S1", List.of(1L, 2L, 3L, 4L)),
                    Map.of("S1", new Books.Account(4, TEN, 1, done, TEN, payments)),
                    Map.of(),
                    Map.of("S1", new CardProcessor.Moved(moved, TEN)),
                    List.of("S1"),
                    Set.of());
        }

        private static ChildProcess.Ended ended(int exitCode) {
            return new ChildProcess.Ended(List.of("acknowledged S1 4"), exitCode, exitCode == 137);
        }

        private DemoResult.Check judge(String sale, Audit seen, int exitCode) {
            return SaleKilledStory.judge(
                    new OtherShop.Killed(sale, 100),
                    new OtherShop.Left(exitCode, ended(exitCode).how(), exitCode == 0, seen));
        }

        private DemoResult.Check apart(long before, int copies, int exitCode, String... faults) {
            return ServicesApartStory.judge(
                    new ServicesApartStory.Seen(before, 100, copies, List.of(faults)),
                    new OtherShop.Left(exitCode, ended(exitCode).how(), exitCode == 0, audit));
        }

        @Test
        void passesWhenServicesApartLeaveNothingOpen() {
            passes(apart(50, 8, 0));
        }

        @Test
        void failsWhenServicesApartDoNot() {
            fails(apart(50, 7, 0), "there are 7 copies");
            fails(apart(100, 8, 0), "100 acknowledgements before the kill");
            fails(apart(50, 8, 1), "the shop did not come back");
            fails(apart(50, 8, 0, "cart ended badly"), "cart ended badly");
        }

        @Test
        void passesWhenTheAcceptedCardWasChargedOnce() {
            passes(judge("S1", audit, 0));
        }

        @Test
        void failsWhenItWasNot() {
            fails(judge("S1", audit(2, true, 1), 0), "money moved 2 times");
            fails(judge("S1", audit(1, false, 1), 0), "'S1' is not done");
            fails(judge("", audit, 0), "no card was accepted");
            fails(
                    judge("S1", audit, 1),
                    "did not come back (exit code 1; it told 1 lines, the last: acknowledged S1 4)");
            fails(
                    judge("S1", audit, 137),
                    "did not come back (exit code 137: it was killed because it had not ended after");
        }

        private DemoResult.Check crash(Set<String> saved, List<String> published, Audit seen) {
            return CrashStory.judge(
                    new CrashStory.Seen(saved, published, Set.of("S1"), new OtherShop.Left(0, "", true, seen)));
        }

        @Test
        void passesWhenWhatWasSavedIsPublishedOnce() {
            Set<String> saved = Set.of("S1", "S2", "S3");
            Audit three = new Audit(
                    each(saved, 3L),
                    Map.of(),
                    each(saved, List.of(1L, 2L, 3L, 4L)),
                    each(saved, new Books.Account(4, TEN, 1, true, TEN, 1)),
                    Map.of(),
                    each(saved, new CardProcessor.Moved(1, TEN)),
                    List.copyOf(saved),
                    Set.of());

            passes(CrashStory.judge(
                    new CrashStory.Seen(saved, List.of(), saved, new OtherShop.Left(0, "", true, three))));
        }

        private <T> Map<String, T> each(Set<String> sales, T value) {
            return sales.stream().collect(Collectors.toMap(sale -> sale, sale -> value));
        }

        @Test
        void failsWhenTheKillDidNotComeBetweenSaveAndPublish() {
            fails(crash(Set.of("S1"), List.of("S1"), audit), "1 payments were published before");
            fails(crash(Set.of(), List.of(), audit), "only 0 charges were saved before the kill");
        }

        @Test
        void failsWhenASavedChargeIsNotPublishedOnce() {
            fails(crash(Set.of("S1"), List.of(), audit(1, true, 2)), "S1 has 2 payments");
            fails(crash(Set.of("S1"), List.of(), audit(1, true, 0)), "S1 has 0 payments");
        }
    }

    @Nested
    class TwoPublishers {
        private DemoResult.Check judge(List<Integer> published, int rolledBack, List<Long> relayed) {
            return TwoPublishersStory.judge(
                    new TwoPublishersStory.Seen(Map.of("a", 3), Map.of("a", published), rolledBack, relayed));
        }

        @Test
        void passesWhenEachIsThereOnceInOrder() {
            passes(judge(List.of(1, 2, 3), 1, List.of(1L, 2L)));
        }

        @Test
        void failsWhenOneIsLostDoubleOrInAnotherPlace() {
            fails(judge(List.of(1, 3), 1, List.of(1L, 2L)), "not as committed: [a has 3 steps, published were [1, 3]]");
            fails(judge(List.of(1, 2, 2, 3), 1, List.of(1L, 2L)), "not as committed");
            fails(judge(List.of(1, 3, 2), 1, List.of(1L, 2L)), "not as committed");
            fails(judge(List.of(1, 2, 3, 4), 1, List.of(1L, 2L)), "not as committed");
        }

        @Test
        void failsWhenOneOfThemDidNothing() {
            assertThat(judge(List.of(1, 2, 3), 1, List.of(3L, 0L)).passed()).isFalse();
            assertThat(judge(List.of(1, 2, 3), 0, List.of(1L, 2L)).passed()).isFalse();
        }
    }
}
