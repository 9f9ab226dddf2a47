package dev.fairlead.examples.store;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.OpenCarriers;
import dev.fairlead.examples.demo.PlanFolder;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.examples.demo.Story;
import dev.fairlead.spi.TimeSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * Two instances of checkout write steps of the same sales into one database, some in vain, and the one that publishes goes away in the
 * middle: the log has each committed step once, those of a sale in the order of their commits.
 */
final class TwoPublishersStory implements Story {
    static final String NAME = "twoPublishersKeepOrder";

    private static final OutboxSettings RELAY =
            OutboxSettings.defaults().withPoll(Duration.ofMillis(20)).withLease(Duration.ofSeconds(1));

    /**
     * What was seen.
     *
     * @param committed how many steps of each sale are in the database
     * @param published the steps of each sale, in the order of the log
     * @param rolledBack how many transactions were rolled back
     * @param relayed how many events each instance published
     */
    record Seen(
            Map<String, Integer> committed, Map<String, List<Integer>> published, int rolledBack, List<Long> relayed) {}

    private final Stage stage;
    private final StoreSettings settings;

    TwoPublishersStory(Stage stage, StoreSettings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    @Override
    public String sentence() {
        return "Two checkouts sell out of one database, their commits interleave, and the one that publishes goes away.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        Path folder = stage.folder().resolve("publishers");
        Path plan = folder.resolve("plan");
        Carriers apart = settings.carriers().apart("publishers");
        PlanFolder.copy(stage.landscape().services().plan(), plan, apart);
        try (OpenCarriers carriers = apart.open(folder, TimeSource.SYSTEM);
                SteppedSales steps = SteppedSales.create(folder)) {
            return judge(sell(new Services(plan, carriers.mechanisms(), TimeSource.SYSTEM), steps));
        }
    }

    private Seen sell(Services services, SteppedSales steps) throws InterruptedException {
        try (Fairlead first = services.open(CheckoutService.NAME, Sale.ITEM);
                Fairlead second = services.open(CheckoutService.NAME, Sale.ITEM)) {
            Outbox<String, Sale> leading = first.events(Sale.ITEM).outbox(steps.source(), RELAY);
            stage.patience().until(Stage.LONGEST, () -> leading.statistics().leading());
            Events<String, Sale> sales = second.events(Sale.ITEM);
            Outbox<String, Sale> other = sales.outbox(steps.source(), RELAY);
            write(steps, 0, List.of(leading, other, leading, other));
            long byLeading = leading.statistics().published();
            leading.close();
            write(steps, 1, List.of(other, other));
            stage.patience().until(Stage.LONGEST, () -> other.statistics().pending() == 0);
            List<Long> relayed = List.of(byLeading, other.statistics().published());
            return new Seen(steps.committed(), published(sales), steps.rolledBack(), relayed);
        }
    }

    /** Lets one writer for each of these write at the same time as the others. */
    private void write(SteppedSales steps, int round, List<Outbox<String, Sale>> outboxes) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(outboxes.size());
        for (int i = 0; i < outboxes.size(); i++) {
            Outbox<String, Sale> outbox = outboxes.get(i);
            Random random = new Random(settings.seed() * 31 + round * 7L + i);
            stage.workers().start("writer " + i, () -> {
                steps.write(outbox, random);
                done.countDown();
            });
        }
        stage.patience().until(Stage.LONGEST, () -> done.getCount() == 0);
    }

    private static Map<String, List<Integer>> published(Events<String, Sale> sales) {
        Map<String, List<Integer>> published = new TreeMap<>();
        for (EventRecord<String, Sale> happened : new AllEvents<>(sales).read()) {
            if (happened.event() instanceof Sale.ItemAdded(String sku, int number, BigDecimal amount)) {
                published
                        .computeIfAbsent(happened.key(), none -> new ArrayList<>())
                        .add(number);
            }
        }
        return published;
    }

    static DemoResult.Check judge(Seen seen) {
        Map<String, List<Integer>> wanted = new TreeMap<>();
        seen.committed()
                .forEach((sale, steps) ->
                        wanted.put(sale, IntStream.rangeClosed(1, steps).boxed().toList()));
        List<String> wrong = wanted.entrySet().stream()
                .filter(sale -> !sale.getValue().equals(seen.published().get(sale.getKey())))
                .map(sale -> sale.getKey() + " has " + sale.getValue().size() + " steps, published were "
                        + seen.published().getOrDefault(sale.getKey(), List.of()))
                .toList();
        boolean bothRelayed = seen.relayed().stream().allMatch(count -> count > 0);
        boolean passed = wanted.equals(seen.published()) && bothRelayed && seen.rolledBack() > 0;
        String detail = Printed.text(
                "%d steps of %d sales committed, %d rolled back; published by the first %d, then by the second %d; %s",
                seen.committed().values().stream().mapToInt(Integer::intValue).sum(),
                seen.committed().size(),
                seen.rolledBack(),
                seen.relayed().getFirst(),
                seen.relayed().getLast(),
                wrong.isEmpty() ? "each once, in the order of the commits" : "not as committed: " + wrong);
        return new DemoResult.Check(NAME, passed, detail);
    }
}
