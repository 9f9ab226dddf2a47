package dev.fairlead.benchmarks;

import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What 100 parked keys cost the others, when a million keys have an event each; beside the same without parked keys. */
record ParkedMeasurement(Run run) {
    private static final String WHAT = "events of 1,000,000 keys, handled";
    private static final String HEALTHY = "fairlead, no key parked";
    private static final String PARKED = "fairlead, 100 keys parked";
    private static final FailurePolicy ONCE =
            new FailurePolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));

    void measure(Measurements into) throws Exception {
        int keys = run.of(1_000_000);
        Rates rates = Rates.measure(
                WHAT,
                run,
                new Rounds<Double>().of(HEALTHY, () -> handled(keys, 0)).of(PARKED, () -> handled(keys, 100)));
        rates.table(HEALTHY, into);
        into.figure("parked.ratioToReference", rates.ratio(PARKED, HEALTHY));
        into.atLeast("parked.ratioToReference", rates.ratio(PARKED, HEALTHY), 0.9);
    }

    /** The first keys fail with their first event and are parked; then the clock runs while one more event of every key comes. */
    private double handled(int keys, int failing) throws Exception {
        try (Scratch scratch = run.scratch()) {
            Sales.writePlan(scratch.folder(), "D1");
            LongAdder handled = new LongAdder();
            Handler<String, Sales.Sale> handler = Handler.effect(happened -> {
                if (happened.version() == 1 && number(happened.key()) < failing) {
                    throw new IllegalStateException("parked on purpose");
                }
                handled.increment();
            });
            try (Fairlead shop = Sales.open("shop", scratch.folder());
                    Fairlead till = Sales.open("till", scratch.folder());
                    Following<String, Sales.Sale> following =
                            till.events(Sales.SALE).follow("measured", handler, ONCE)) {
                Events<String, Sales.Sale> sales = shop.events(Sales.SALE);
                Sales.append(sales, Math.max(100, keys / 10), keys);
                Sales.awaitDone(following);
                handled.reset();
                long begin = System.nanoTime();
                Sales.append(sales, keys, keys);
                Sales.awaitDone(following);
                double seconds = Seconds.since(begin);
                if (handled.sum() != keys - Math.min(failing, keys)) {
                    throw new IllegalStateException("handled " + handled + " of " + keys + " events");
                }
                return (keys - failing) / seconds;
            }
        }
    }

    private static int number(String key) {
        return Integer.parseInt(key.substring(key.indexOf('-') + 1));
    }
}
