package dev.fairlead.benchmarks;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Changes from an owner's put to a reader's copy, in one process, kept at D1 on the way; beside a map that is just put to. */
public final class FeedBenchmark implements Benchmark {
    private static final int KEYS = 10_000;
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MAP = "map in memory";
    private static final String BATCHES = "fairlead, putAll of 100";
    private static final String SINGLE = "fairlead, putAsync of one";

    @Override
    public String name() {
        return "feed";
    }

    @Override
    public String purpose() {
        return "changes from an owner to a copy: rate, latency, and the time from JVM start to the first live copy";
    }

    /** What can be kept up is wanted, so both ways are run once before the rounds. */
    @Override
    public Measurements run(Run run) throws Exception {
        Measurements measurements = new Measurements(run.effort());
        int count = run.of(1_000_000);
        run.progress().step("warming up");
        batches(run, count);
        async(run, count);
        Rates rates = Rates.measure(
                "changes, owner to copy, kept at D1",
                run,
                new Rounds<Double>()
                        .of(MAP, () -> map(count))
                        .of(BATCHES, () -> batches(run, count))
                        .of(SINGLE, () -> async(run, count)));
        rates.table(MAP, measurements);
        measurements.figure("feed.batches.perSecond", rates.of(BATCHES));
        measurements.figure("feed.async.perSecond", rates.of(SINGLE));
        measurements.figure("feed.referencePerSecond", rates.of(MAP));
        measurements.atLeast("feed.batches.perSecond", rates.of(BATCHES), 300_000);
        measurements.atLeast("feed.async.perSecond", rates.of(SINGLE), 300_000);
        new FeedLatency(run).measure(measurements);
        new ReadyMeasurement(run).measure(measurements);
        return measurements;
    }

    private static double map(int count) {
        Map<String, Quotes.Quote> map = new ConcurrentHashMap<>();
        long begin = System.nanoTime();
        for (int number = 0; number < count; number++) {
            String symbol = Quotes.symbol(number % KEYS);
            map.put(symbol, Quotes.quote(symbol, number));
        }
        return count / Seconds.since(begin);
    }

    private interface Feeding {
        /** Puts so many changes; returns the receipt of the last. */
        Receipt feed(Owner<String, Quotes.Quote> owner, int count);
    }

    private static double batches(Run run, int count) throws Exception {
        return rate(run, count, (owner, wanted) -> {
            Receipt last = null;
            for (int number = 0; number < wanted; number += BATCH) {
                last = owner.putAll(Quotes.batch(number, BATCH, KEYS)).getLast();
            }
            return Objects.requireNonNull(last);
        });
    }

    private static double async(Run run, int count) throws Exception {
        return rate(run, count, (owner, wanted) -> {
            CompletableFuture<Receipt> last = new CompletableFuture<>();
            for (int number = 0; number < wanted; number++) {
                last = owner.putAsync(Quotes.quote(Quotes.symbol(number % KEYS), number));
            }
            return last.join();
        });
    }

    private static double rate(Run run, int count, Feeding feeding) throws Exception {
        try (Scratch scratch = run.scratch()) {
            Quotes.writePlan(scratch.folder());
            try (Fairlead feed = Quotes.open("feed", scratch.folder());
                    Fairlead reader = Quotes.open("reader", scratch.folder())) {
                Owner<String, Quotes.Quote> owner = feed.own(Quotes.ITEM);
                Copy<String, Quotes.Quote> copy = reader.copy(Quotes.ITEM);
                copy.awaitLive(PATIENCE);
                feeding.feed(owner, Math.max(BATCH, count / 10));
                long begin = System.nanoTime();
                Receipt last = feeding.feed(owner, count);
                copy.read(last.key(), last, PATIENCE);
                double seconds = Seconds.since(begin);
                if (!copy.digest().equals(owner.digest())) {
                    throw new IllegalStateException("the copy differs from its owner");
                }
                if (copy.statistics().applied() < count) {
                    throw new IllegalStateException("the copy has not seen every change: " + copy.statistics());
                }
                return count / seconds;
            }
        }
    }
}
