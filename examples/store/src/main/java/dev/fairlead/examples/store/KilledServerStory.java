package dev.fairlead.examples.store;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Reading;
import dev.fairlead.examples.demo.CarryingServer;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What carries everything is killed while customers take other names and sales are on their way: what it acknowledged is there, and who buys
 * meanwhile waits until it is back. Nobody is in the middle of a question: of one that is lost the shop could not know what came of it.
 */
final class KilledServerStory implements Story {
    static final String NAME = "killedServerLosesNothing";

    private static final String MEANWHILE = "T-meanwhile";
    private static final int CUSTOMERS = 100;
    private static final int ENOUGH = 50;

    /**
     * What was seen.
     *
     * @param sales how many events of each sale were acknowledged before the kill
     * @param inLog how many events of each sale the log has afterwards
     * @param names the version that was acknowledged last of each customer who was renamed
     * @param inCopy the version of each of these customers in billing's copy
     * @param before how many names were acknowledged before the kill, of all of these
     * @param back how long the restart took
     * @param sold whether a sale that began while the server was away is over
     */
    record Seen(
            Map<String, Long> sales,
            Map<String, Long> inLog,
            Map<String, Long> names,
            Map<String, Long> inCopy,
            long before,
            long all,
            Duration back,
            boolean sold) {}

    private final Stage stage;
    private final StoreLandscape landscape;
    private final CarryingServer server;
    private final Map<String, Long> names = new ConcurrentHashMap<>();
    private volatile long renamed;

    KilledServerStory(Stage stage, CarryingServer server) {
        this.stage = stage;
        this.landscape = stage.landscape();
        this.server = server;
    }

    @Override
    public String sentence() {
        return "A kill takes " + server.title()
                + " away while customers change their names; started again, it has all that it acknowledged.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        stage.shoppers().hold();
        stage.patience().until(Stage.LONGEST, stage.shoppers()::idle);
        Map<String, Long> sales = landscape.receipts().acknowledged();
        AtomicBoolean enough = new AtomicBoolean();
        Thread renaming = stage.workers().start("names", () -> rename(enough));
        stage.patience().until(Stage.LONGEST, () -> renamed > ENOUGH);
        server.kill();
        long before = renamed;
        long begin = System.nanoTime();
        stage.workers().start("buyer", () -> landscape.cart().buy(stage.order(MEANWHILE, stage.customer(0), 3)));
        restart();
        Duration back = Duration.ofNanos(System.nanoTime() - begin);
        stage.patience().until(Stage.LONGEST, () -> renamed > before + ENOUGH);
        enough.set(true);
        boolean sold = stage.untilOver(MEANWHILE);
        stage.patience().until(Stage.LONGEST, () -> !renaming.isAlive());
        stage.patience().until(Stage.LONGEST, () -> missing(names, inCopy()).isEmpty());
        Seen seen = new Seen(sales, inLog(), Map.copyOf(names), inCopy(), before, renamed, back, sold);
        stage.shoppers().goOn();
        return judge(server.title(), seen);
    }

    private void restart() {
        try {
            server.restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rename(AtomicBoolean enough) {
        for (int i = 0; !enough.get(); i++) {
            Customer customer = stage.customer(1 + i % CUSTOMERS);
            names.put(customer.id(), landscape.profile().rename(customer).version());
            renamed = i + 1L;
        }
    }

    private Map<String, Long> inLog() {
        Map<String, Long> there = new HashMap<>();
        for (EventRecord<String, Sale> happened :
                new AllEvents<>(landscape.checkout().sales()).read()) {
            there.merge(happened.key(), 1L, Long::sum);
        }
        return there;
    }

    private Map<String, Long> inCopy() {
        Map<String, Long> there = new HashMap<>();
        for (String id : names.keySet()) {
            if (landscape.billing().debtor(id) instanceof Reading.Fresh<BillingService.Debtor> fresh) {
                there.put(id, fresh.mark().version());
            }
        }
        return there;
    }

    private static List<String> missing(Map<String, Long> acknowledged, Map<String, Long> there) {
        List<String> missing = new ArrayList<>();
        new TreeMap<>(acknowledged).forEach((key, number) -> {
            long found = there.getOrDefault(key, 0L);
            if (found < number) {
                missing.add(key + " is at " + found + ", acknowledged was " + number);
            }
        });
        return missing;
    }

    static DemoResult.Check judge(String title, Seen seen) {
        List<String> faults = new ArrayList<>(missing(seen.sales(), seen.inLog()));
        faults.addAll(missing(seen.names(), seen.inCopy()));
        if (!seen.sold()) {
            faults.add("the sale of meanwhile is not over");
        }
        if (seen.before() == 0 || seen.all() <= seen.before() || seen.sales().isEmpty()) {
            faults.add(seen.before() + " names were acknowledged before the kill, " + seen.all() + " in the end");
        }
        String detail = faults.isEmpty()
                ? Printed.text(
                        "%s was away for %s; %,d events of %,d sales and %,d names that were acknowledged are there, %,d names"
                                + " more since; who bought meanwhile has bought",
                        title,
                        Printed.age(seen.back()),
                        seen.sales().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        seen.sales().size(),
                        seen.before(),
                        seen.all() - seen.before())
                : String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(NAME, faults.isEmpty(), detail);
    }
}
