package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A whole shop, in a process of its own, is killed after a card was accepted and before anybody in the shop has heard of it; started
 * again, it goes on. Then this process opens the same data and compares what is there with all that the customers were told.
 */
final class SaleKilledStory implements Story {
    static final String NAME = "cardAcceptedChargedOnce";

    private static final int EARLIEST = 8;
    private static final int LATEST = 24;

    private final Stage stage;
    private final StoreSettings settings;

    SaleKilledStory(Stage stage, StoreSettings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    @Override
    public String sentence() {
        return "A second shop, in a process of its own, is killed right after a card was accepted, before anybody there hears of it.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        OtherShop shop = new OtherShop(stage, settings, "accepted");
        int silentAt = new Random(settings.seed()).nextInt(EARLIEST, LATEST);
        OtherShop.Killed killed = shop.sellUntil(SellingChild.ACCEPTED, SellingChild.SILENT, silentAt);
        return judge(killed, shop.goOn());
    }

    static DemoResult.Check judge(OtherShop.Killed killed, OtherShop.Left left) {
        List<String> faults = new ArrayList<>(left.faults());
        String sale = killed.cause();
        CardProcessor.Moved moved = left.audit().moved().get(sale);
        Books.Account account = left.audit().accounts().get(sale);
        if (sale.isEmpty()) {
            faults.add("no card was accepted before the kill");
        } else if (moved == null || moved.times() != 1) {
            faults.add("for " + sale + " money moved " + (moved == null ? 0 : moved.times()) + " times");
        }
        if (account == null || !account.done()) {
            faults.add("'" + sale + "' is not done");
        }
        String detail = faults.isEmpty()
                ? Printed.text(
                        "killed after %,d acknowledgements with %s accepted and unheard; charged once, done; %s",
                        killed.acknowledged(), sale, left.audit().salesAddUp().detail())
                : String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(NAME, faults.isEmpty() && killed.acknowledged() > 0, detail);
    }
}
