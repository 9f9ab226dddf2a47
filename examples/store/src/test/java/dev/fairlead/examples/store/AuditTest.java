package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.examples.demo.DemoResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each check of the closing audit passes when the accounts agree, and fails as soon as one of them differs in one thing. */
class AuditTest {
    private static final BigDecimal TEN = new BigDecimal("10.00");

    private final Map<String, Long> acknowledged = new HashMap<>(Map.of("a", 3L, "b", 2L, "c", 2L));
    private final Map<String, BigDecimal> paying = new HashMap<>(Map.of("a", TEN, "c", TEN));
    private final Map<String, List<Long>> booked =
            new HashMap<>(Map.of("a", List.of(1L, 2L, 3L, 4L), "b", List.of(1L, 2L), "c", List.of(1L, 2L)));
    private final Map<String, Books.Account> accounts = new HashMap<>(Map.of(
            "a", new Books.Account(4, TEN, 1, true, TEN, 1),
            "b", new Books.Account(2, TEN, 1, false, BigDecimal.ZERO, 0),
            "c", new Books.Account(2, TEN, 0, false, BigDecimal.ZERO, 0)));
    private final Map<String, Map<String, List<Long>>> others =
            new HashMap<>(Map.of("shipping", Map.of("a", List.of(4L)), "inventory", Map.of("a", List.of(2L, 4L))));
    private final Map<String, CardProcessor.Moved> moved = new HashMap<>(Map.of("a", new CardProcessor.Moved(1, TEN)));
    private final List<String> mails = new ArrayList<>(List.of("a"));
    private final Set<String> parked = new HashSet<>(Set.of("c"));

    private Audit audit() {
        return new Audit(acknowledged, paying, booked, accounts, others, moved, mails, parked);
    }

    private void failsOnly(String name, String because) {
        assertThat(audit().judge())
                .filteredOn(check -> !check.passed())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.name()).isEqualTo(name);
                    assertThat(check.detail()).contains(because);
                });
    }

    @Test
    void passesWhenAllAccountsAgree() {
        assertThat(audit().judge()).allMatch(DemoResult.Check::passed);
        assertThat(audit().salesAddUp().detail()).isEqualTo("3 begun = 1 done + 1 failed + 1 parked");
    }

    @Test
    void passesNothingWhenNothingHappened() {
        Audit empty = new Audit(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Set.of());

        assertThat(empty.judge()).noneMatch(DemoResult.Check::passed);
    }

    @Test
    void findsAnAcknowledgedEventThatIsNotBooked() {
        acknowledged.put("b", 3L);
        failsOnly("nothingLost", "event 3 of b is not booked");
    }

    @Test
    void findsASaleThatIsDoneWithoutACharge() {
        moved.clear();
        accounts.put("a", new Books.Account(4, TEN, 1, true, BigDecimal.ZERO, 1));
        paying.remove("a");
        assertThat(audit().nothingLost().detail()).contains("a is done and was not charged");
    }

    @Test
    void findsASaleThatIsDoneWithoutAMail() {
        mails.clear();
        failsOnly("nothingLost", "a is done and no mail was sent");
    }

    @Test
    void findsMoneyThatMovedTwice() {
        moved.put("a", new CardProcessor.Moved(2, TEN));
        failsOnly("nothingTwice", "a was charged 2 times");
    }

    @Test
    void findsAnotherAmountThanBookedOrTold() {
        moved.put("a", new CardProcessor.Moved(1, BigDecimal.ONE));
        failsOnly("nothingTwice", "a: 1 moved, 10.00 booked; a: 1 moved, the customer was told 10.00");
    }

    @Test
    void findsASaleThatEndedTwice() {
        accounts.put("a", new Books.Account(5, TEN, 2, true, TEN, 1));
        failsOnly("nothingTwice", "a ended 2 times");
    }

    @Test
    void findsASecondMail() {
        mails.add("a");
        failsOnly("nothingTwice", "a got two mails");
    }

    @Test
    void findsEventsInAnotherOrder() {
        booked.put("a", List.of(1L, 3L, 2L, 4L));
        failsOnly("orderKept", "ledger saw event 3 of a after 1");
    }

    @Test
    void findsAFollowerWhoSawAnotherOrder() {
        others.put("inventory", Map.of("a", List.of(4L, 2L)));
        failsOnly("orderKept", "inventory saw event 2 of a after 4");
    }

    @Test
    void findsASaleThatIsNeitherDoneNorFailedNorParked() {
        parked.clear();
        failsOnly("salesAddUp", "3 begun, but 1 done + 1 failed + 0 parked");
    }

    @Test
    void findsASaleOfWhichNobodyWasTold() {
        acknowledged.remove("c");
        failsOnly("salesAddUp", "c is booked, and no customer began it");
    }
}
