package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** The ledger cannot book one sale: that sale is parked, and all others are booked. Leaves it parked. */
final class ParkedKeyStory implements Story {
    static final String NAME = "parkedKeyOnly";
    static final String UNBOOKABLE = "T-unbookable";
    static final String BROKEN_CARD = "T-broken-card";
    static final int ITEMS = 12;

    private static final String OTHER = "T-bookable-";
    private static final int OTHERS = 10;

    /**
     * What was seen.
     *
     * @param parkedByLedger the keys that the ledger has parked
     * @param dead the sales whose charge is a dead letter
     * @param queued how many events are parked, the first and those behind it
     * @param expected how many must be
     * @param booked how many of the other sales were booked to their end meanwhile
     */
    record Seen(Set<String> parkedByLedger, Set<String> dead, long queued, long expected, long booked) {}

    private final Stage stage;
    private final StoreLandscape landscape;

    ParkedKeyStory(Stage stage) {
        this.stage = stage;
        this.landscape = stage.landscape();
    }

    @Override
    public String sentence() {
        return "The ledger has no account for a sale, and the card processor cannot handle a card: each sets one sale aside.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        landscape.ledger().refuse(UNBOOKABLE);
        landscape.cards().breakDown(BROKEN_CARD);
        landscape.cart().buy(stage.order(UNBOOKABLE, stage.customer(2), ITEMS));
        landscape.cart().buy(stage.order(BROKEN_CARD, null, 1));
        for (int i = 0; i < OTHERS; i++) {
            landscape.cart().buy(stage.order(OTHER + i, stage.customer(3 + i), 3));
        }
        stage.untilOver(UNBOOKABLE);
        stage.patience()
                .until(
                        Stage.LONGEST,
                        () -> queued() == expected()
                                && landscape.billing().dead().containsKey(BROKEN_CARD));
        stage.patience().until(Stage.LONGEST, () -> booked() == OTHERS);
        landscape.history().parked(landscape.ledger().selling().following());
        return judge(new Seen(
                landscape.ledger().selling().parked(),
                landscape.billing().dead().keySet(),
                queued(),
                expected(),
                booked()));
    }

    private long queued() {
        return landscape.ledger().selling().following().parked().stream()
                .filter(parked -> parked.key().equals(UNBOOKABLE))
                .mapToLong(parked -> parked.total())
                .sum();
    }

    /** All events but the first, which tells that the sale has begun. */
    private long expected() {
        OpenSale sale = landscape.checkout().all().get(UNBOOKABLE);
        return sale == null ? 0 : sale.version() - 1;
    }

    private long booked() {
        return LongStream.range(0, OTHERS)
                .filter(i -> {
                    Books.Account account =
                            landscape.ledger().books().accounts().get(OTHER + i);
                    return account != null && account.ends() == 1;
                })
                .count();
    }

    static DemoResult.Check judge(Seen seen) {
        boolean passed = seen.parkedByLedger().equals(Set.of(UNBOOKABLE))
                && seen.dead().equals(Set.of(BROKEN_CARD))
                && seen.queued() == seen.expected()
                && seen.queued() > ITEMS
                && seen.booked() == OTHERS;
        String detail = Printed.text(
                "the ledger parked %s with its %d events (of %d), the charge of %s is a dead letter; %d of %d other sales were booked",
                names(seen.parkedByLedger()),
                seen.queued(),
                seen.expected(),
                names(seen.dead()),
                seen.booked(),
                OTHERS);
        return new DemoResult.Check(NAME, passed, detail);
    }

    private static String names(Set<String> keys) {
        List<String> few = keys.stream().limit(3).toList();
        return keys.isEmpty() ? "nothing" : String.join(", ", few) + (keys.size() > 3 ? " and more" : "");
    }
}
