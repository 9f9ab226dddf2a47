package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.util.concurrent.CountDownLatch;

/**
 * The longest invoice of the year is in the queue, and sales that come after it do not wait for it.
 *
 * <p>The ledger stops in the middle of it until the others are booked, so that they could not be if they had to wait.
 */
final class LongInvoiceStory implements Story {
    static final String NAME = "longInvoiceBlocksNoOther";

    private static final String LONG = "T-long";
    private static final String SHORT = "T-short-";
    private static final int SHORT_ONES = 20;
    private static final int STOP_AT = 300;

    /**
     * What was seen.
     *
     * @param lines of the long invoice
     * @param ahead how many events of the long sale were in the log before the first of the others
     * @param bookedOfLong how many of them were booked when the others were
     * @param bookedOthers how many of the others were booked while the ledger stood in the long one
     * @param bookedInTheEnd how many events of the long sale were booked in the end
     */
    record Seen(int lines, long ahead, long bookedOfLong, long bookedOthers, long bookedInTheEnd) {}

    private final Stage stage;
    private final StoreLandscape landscape;

    LongInvoiceStory(Stage stage) {
        this.stage = stage;
        this.landscape = stage.landscape();
    }

    @Override
    public String sentence() {
        return "Somebody buys " + Printed.text("%,d", RetailFigures.MOST_LINES)
                + " things at once, and the ledger takes its time over them: nobody else waits.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        CountDownLatch othersBooked = new CountDownLatch(1);
        landscape.history().disturbed();
        landscape.ledger().stopAt(LONG, STOP_AT, othersBooked);
        try {
            return judge(watch(othersBooked));
        } finally {
            othersBooked.countDown();
            landscape.history().healed();
        }
    }

    private Seen watch(CountDownLatch othersBooked) throws InterruptedException {
        landscape.cart().buy(stage.order(LONG, stage.customer(20), RetailFigures.MOST_LINES));
        OpenSale sale = landscape.checkout().all().get(LONG);
        long ahead = sale == null ? 0 : sale.version();
        for (int i = 0; i < SHORT_ONES; i++) {
            landscape.cart().buy(stage.order(SHORT + i, stage.customer(21 + i), 2));
        }
        stage.patience().until(Stage.LONGEST, () -> bookedOthers() == SHORT_ONES);
        long bookedOfLong = booked(LONG);
        long bookedOthers = bookedOthers();
        othersBooked.countDown();
        stage.untilOver(LONG);
        stage.patience().until(Stage.LONGEST, () -> sale != null && booked(LONG) == sale.version());
        return new Seen(RetailFigures.MOST_LINES, ahead, bookedOfLong, bookedOthers, booked(LONG));
    }

    private long booked(String saleId) {
        return landscape.ledger().books().sales().of(saleId).size();
    }

    private long bookedOthers() {
        long booked = 0;
        for (int i = 0; i < SHORT_ONES; i++) {
            Books.Account account = landscape.ledger().books().accounts().get(SHORT + i);
            booked += account != null && account.ends() == 1 ? 1 : 0;
        }
        return booked;
    }

    static DemoResult.Check judge(Seen seen) {
        boolean passed = seen.ahead() > seen.lines()
                && seen.bookedOfLong() < STOP_AT
                && seen.bookedOthers() == SHORT_ONES
                && seen.bookedInTheEnd() > seen.lines();
        String detail = Printed.text(
                "%,d events of one sale in the log, the ledger stood at number %d of them: %d of %d later sales were booked"
                        + " meanwhile; in the end all %,d",
                seen.ahead(), seen.bookedOfLong(), seen.bookedOthers(), SHORT_ONES, seen.bookedInTheEnd());
        return new DemoResult.Check(NAME, passed, detail);
    }
}
