package dev.fairlead.examples.store;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Fairlead;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.OpenCarriers;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A shop is killed when billing has saved charges and not yet published a word of them; started again, it publishes each once.
 *
 * <p>Between kill and start this process looks into billing's database and into the log, so that it is sure that the kill came in between.
 */
final class CrashStory implements Story {
    static final String NAME = "crashBetweenSaveAndPublish";

    private static final int FEWEST = 3;
    private static final int MOST = 12;

    /**
     * What was seen.
     *
     * @param saved the sales whose charge was in billing's database after the kill
     * @param published the sales of which the log had a payment then
     * @param savedInTheEnd the sales whose charge is in the database in the end
     * @param left what is there in the end
     */
    record Seen(Set<String> saved, List<String> published, Set<String> savedInTheEnd, OtherShop.Left left) {}

    private final Stage stage;
    private final StoreSettings settings;

    CrashStory(Stage stage, StoreSettings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    @Override
    public String sentence() {
        return "A third shop is killed when billing has saved charges in its database and published none of them.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        OtherShop shop = new OtherShop(stage, settings, "saved");
        int at = new Random(settings.seed()).nextInt(FEWEST, MOST);
        shop.sellUntil(SellingChild.SAVED, SellingChild.UNPUBLISHED, at);
        Set<String> saved = saved(shop);
        List<String> published = published(shop);
        OtherShop.Left left = shop.goOn();
        return judge(new Seen(saved, published, saved(shop), left));
    }

    private static Set<String> saved(OtherShop shop) {
        try (ServiceDatabase database = Charges.database(shop.folder())) {
            return new HashSet<>(Charges.sales(database));
        }
    }

    private static List<String> published(OtherShop shop) {
        try (OpenCarriers carriers = shop.open();
                Fairlead ledger = shop.services(carriers).open(LedgerService.NAME, Payment.ITEM)) {
            return new AllEvents<>(ledger.events(Payment.ITEM))
                    .read().stream().map(EventRecord::key).toList();
        }
    }

    static DemoResult.Check judge(Seen seen) {
        List<String> faults = new ArrayList<>(seen.left().faults());
        if (!seen.published().isEmpty()) {
            faults.add(seen.published().size() + " payments were published before the kill");
        }
        if (seen.saved().size() < FEWEST) {
            faults.add("only " + seen.saved().size() + " charges were saved before the kill");
        }
        if (!seen.savedInTheEnd().containsAll(seen.saved())) {
            faults.add("of the charges " + seen.saved() + " only " + seen.savedInTheEnd() + " are there in the end");
        }
        Audit audit = seen.left().audit();
        for (String sale : seen.savedInTheEnd()) {
            Books.Account account = audit.accounts().get(sale);
            if (account == null || account.payments() != 1) {
                faults.add(sale + " has " + (account == null ? 0 : account.payments()) + " payments");
            }
        }
        long booked = audit.accounts().values().stream()
                .filter(account -> account.payments() > 0)
                .count();
        if (booked != seen.savedInTheEnd().size()) {
            faults.add(booked + " sales have payments, " + seen.savedInTheEnd().size() + " charges are saved");
        }
        String detail = faults.isEmpty()
                ? Printed.text(
                        "killed with %d charges saved and %d published; afterwards %d saved, each published once; %s",
                        seen.saved().size(),
                        seen.published().size(),
                        seen.savedInTheEnd().size(),
                        audit.salesAddUp().detail())
                : String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(NAME, faults.isEmpty(), detail);
    }
}
