package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** While profile is down, billing charges guests and refuses to charge customers; when it is back, they are charged once. Takes it up again. */
final class StaleChargeStory implements Story {
    static final String NAME = "staleChargeRefused";

    /**
     * What was seen.
     *
     * @param refusedAt the age of the profile at which billing refused; null when it did not
     * @param limit what the plan allows
     * @param attemptsBefore how often the card processor was asked before profile was back
     * @param guestServed whether a guest's sale went through meanwhile
     * @param movedAfter how often money has moved in the end
     * @param end what became of the sale
     */
    record Seen(
            @Nullable Duration refusedAt,
            Duration limit,
            int attemptsBefore,
            boolean guestServed,
            int movedAfter,
            OpenSale.Stage end) {}

    private static final String CUSTOMERS = "T-late-profile";
    private static final String GUESTS = "T-guest";

    private final Stage stage;
    private final StoreLandscape landscape;

    StaleChargeStory(Stage stage) {
        this.stage = stage;
        this.landscape = stage.landscape();
    }

    @Override
    public String sentence() {
        return "With profile still down, a customer and a guest pay: billing refuses to charge the customer on an old profile.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        try {
            return judge(watch());
        } finally {
            landscape.profile().start();
            stage.shoppers().goOn();
        }
    }

    private Seen watch() throws InterruptedException {
        landscape.cart().buy(stage.order(CUSTOMERS, stage.customer(1), 2));
        landscape.cart().buy(stage.order(GUESTS, null, 2));
        boolean guestServed = stage.untilOver(GUESTS);
        stage.patience().until(Stage.LONGEST, () -> landscape.billing().dead().containsKey(CUSTOMERS));
        Duration refusedAt = landscape.billing().refused().get(CUSTOMERS);
        int attemptsBefore = landscape.cards().attempts(CUSTOMERS);
        landscape.profile().start();
        landscape.billing().follows().copy().awaitLive(Stage.LONGEST);
        landscape.billing().chargeAgain(CUSTOMERS);
        stage.untilOver(CUSTOMERS);
        CardProcessor.Moved moved = landscape.cards().moved().get(CUSTOMERS);
        OpenSale sale = landscape.checkout().all().get(CUSTOMERS);
        return new Seen(
                refusedAt,
                landscape.billing().follows().copy().health().within(),
                attemptsBefore,
                guestServed,
                moved == null ? 0 : moved.times(),
                sale == null ? OpenSale.Stage.COLLECTING : sale.stage());
    }

    static DemoResult.Check judge(Seen seen) {
        Duration refusedAt = seen.refusedAt();
        boolean refused = refusedAt != null && refusedAt.compareTo(seen.limit()) > 0 && seen.attemptsBefore() == 0;
        boolean settled = seen.end() == OpenSale.Stage.DONE && seen.movedAfter() == 1
                || seen.end() == OpenSale.Stage.FAILED && seen.movedAfter() == 0;
        String detail = Printed.text(
                "%s; %s; afterwards the sale is %s and money moved %s",
                refusedAt == null
                        ? "no charge was refused"
                        : "charge refused on a profile " + Printed.age(refusedAt) + " old (limit "
                                + Printed.seconds(seen.limit()) + "), the card was asked "
                                + Printed.times(seen.attemptsBefore()),
                seen.guestServed() ? "the guest was served" : "the guest was not served",
                seen.end(),
                Printed.times(seen.movedAfter()));
        return new DemoResult.Check(NAME, refused && seen.guestServed() && settled, detail);
    }
}
