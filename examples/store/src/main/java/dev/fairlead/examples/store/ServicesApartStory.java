package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Looked;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.ServiceProcesses;
import dev.fairlead.examples.demo.Story;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A shop sells whose services are a process each, and share nothing but what carries their items. Billing is killed in the middle of it and
 * started again; in the end this process compares what is there with all that the customers were told.
 */
final class ServicesApartStory implements Story {
    static final String NAME = "eachServiceItsOwnProcess";

    private static final int COPIES = 8;
    private static final int EARLIEST = 40;
    private static final int LATEST = 160;

    /**
     * What was seen.
     *
     * @param before how many acknowledgements there were when billing was killed
     * @param acknowledged how many in the end
     * @param copies how many copies held what their owners held in the end
     * @param faults what was wrong with the processes and their copies
     */
    record Seen(long before, long acknowledged, int copies, List<String> faults) {}

    private final Stage stage;
    private final StoreSettings settings;

    ServicesApartStory(Stage stage, StoreSettings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    @Override
    public String sentence() {
        return "Another shop sells with each of its ten services in a process of its own; billing's is killed meanwhile.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        OtherShop shop = new OtherShop(stage, settings, "apart");
        Seen seen = sell(shop);
        return judge(seen, shop.left(0, "all processes have ended"));
    }

    private Seen sell(OtherShop shop) throws InterruptedException {
        int killAt = new Random(settings.seed()).nextInt(EARLIEST, LATEST);
        try (ServiceProcesses services =
                new ServiceProcesses(stage.patience(), name -> shop.start(ShopService.class, name))) {
            services.start(ShopService.ALL);
            services.lookUntil(ServicesApartStory::isComplete);
            services.ask(CartService.NAME, ShopService.SELL);
            stage.patience().until(Stage.LONGEST, () -> acknowledged(services) >= killAt);
            services.kill(BillingService.NAME);
            long before = acknowledged(services);
            services.start(List.of(BillingService.NAME));
            Looked last = services.lookUntil(ServicesApartStory::isSettled);
            services.lines(CartService.NAME).forEach(shop.receipts()::note);
            long acknowledged = acknowledged(services);
            List<String> faults = new ArrayList<>(last.disagreements());
            unsettled(last).forEach(what -> faults.add("not settled: " + what));
            faults.addAll(services.end());
            return new Seen(before, acknowledged, last.copies(), faults);
        }
    }

    private static long acknowledged(ServiceProcesses services) {
        return services.lines(CartService.NAME).stream()
                .filter(line -> line.startsWith(Receipts.ACKNOWLEDGED + " "))
                .count();
    }

    private static boolean isComplete(Looked looked) {
        return looked.agree(COPIES);
    }

    private static boolean isSettled(Looked looked) {
        return isComplete(looked) && unsettled(looked).isEmpty();
    }

    /** What is on its way, at whichever service. */
    private static List<String> unsettled(Looked looked) {
        Set<String> dead = new HashSet<>(looked.of(ShopService.DEAD));
        List<String> reasons = new ArrayList<>(looked.of(ShopService.SELLING));
        looked.of(ShopService.PAYING).stream()
                .filter(sale -> !dead.contains(sale))
                .forEach(sale -> reasons.add(sale + " is being paid"));
        looked.of(ShopService.BEHIND).forEach(group -> reasons.add(group + " is behind"));
        return reasons;
    }

    static DemoResult.Check judge(Seen seen, OtherShop.Left left) {
        List<String> faults = new ArrayList<>(seen.faults());
        faults.addAll(left.faults());
        if (seen.before() == 0 || seen.acknowledged() <= seen.before()) {
            faults.add(seen.before() + " acknowledgements before the kill, " + seen.acknowledged() + " in the end");
        }
        if (seen.copies() != COPIES) {
            faults.add("there are " + seen.copies() + " copies");
        }
        String detail = faults.isEmpty()
                ? Printed.text(
                        "%d processes; billing's killed after %,d of %,d acknowledgements and started again; %d copies hold what their"
                                + " owners hold; %s",
                        ShopService.ALL.size(),
                        seen.before(),
                        seen.acknowledged(),
                        seen.copies(),
                        left.audit().salesAddUp().detail())
                : String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(NAME, faults.isEmpty(), detail);
    }
}
