package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.util.List;
import java.util.stream.LongStream;

/** The sale that the ledger has parked is sent again, and booked step by step in its order. */
final class RedriveStory implements Story {
    static final String NAME = "redriveKeepsOrder";

    private final Stage stage;
    private final LedgerService ledger;

    RedriveStory(Stage stage) {
        this.stage = stage;
        this.ledger = stage.landscape().ledger();
    }

    @Override
    public String sentence() {
        return "The account is there now: the parked sale is sent again, in its order.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        List<Long> before = ledger.books().sales().of(ParkedKeyStory.UNBOOKABLE);
        ledger.accept(ParkedKeyStory.UNBOOKABLE);
        int sent = ledger.selling().following().redrive(ParkedKeyStory.UNBOOKABLE);
        stage.patience().until(Stage.LONGEST, () -> ledger.selling().parked().isEmpty());
        OpenSale sale = stage.landscape().checkout().all().get(ParkedKeyStory.UNBOOKABLE);
        return judge(
                before, sent, ledger.books().sales().of(ParkedKeyStory.UNBOOKABLE), sale == null ? 0 : sale.version());
    }

    static DemoResult.Check judge(List<Long> before, int sent, List<Long> after, long events) {
        List<Long> all = LongStream.rangeClosed(1, events).boxed().toList();
        boolean passed = events > ParkedKeyStory.ITEMS && before.equals(List.of(1L)) && after.equals(all);
        String detail = Printed.text(
                "%d parked events sent again; booked %s: %s",
                sent,
                after.equals(all) ? "in order" : "not in order, or not all",
                after.size() > 8
                        ? after.subList(0, 4) + " … " + after.subList(after.size() - 2, after.size())
                        : after.toString());
        return new DemoResult.Check(NAME, passed, detail);
    }
}
