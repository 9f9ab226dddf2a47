package dev.fairlead.benchmarks;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads of a live copy, beside a get of a ConcurrentHashMap and one volatile read; and what an entry takes in memory. */
public final class CopyBenchmark implements Benchmark {
    private static final int BATCH = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String purpose() {
        return "reads of a live copy of a million keys, beside a plain map";
    }

    @Override
    public Measurements run(Run run) throws Exception {
        Measurements measurements = new Measurements(run.effort());
        int keys = run.of(1_000_000);
        try (Scratch scratch = run.scratch()) {
            Quotes.writePlan(scratch.folder());
            run.progress().step("writing " + keys + " keys");
            write(scratch, keys);
            ReadMeasurement reads = new ReadMeasurement(run, keys, SEED);
            long empty = usedMemory();
            Map<String, Quotes.Quote> map = map(keys);
            long withMap = usedMemory();
            try (Fairlead feed = Quotes.open("feed", scratch.folder());
                    Fairlead reader = Quotes.open("reader", scratch.folder())) {
                run.progress().step("loading a copy of " + keys + " keys");
                Copy<String, Quotes.Quote> copy = reader.copy(Quotes.ITEM);
                awaitKeys(copy, keys);
                memory(measurements, keys, withMap - empty, usedMemory() - withMap);
                feed.own(Quotes.ITEM);
                copy.awaitLive(PATIENCE);
                reads.measure(map, copy, measurements);
            }
        }
        return measurements;
    }

    /** Keys and values have their own characters, as they would when they are decoded. */
    private static Map<String, Quotes.Quote> map(int keys) {
        Map<String, Quotes.Quote> map = new ConcurrentHashMap<>();
        for (int number = 0; number < keys; number++) {
            Quotes.Quote quote = Quotes.quote(Quotes.symbol(number), number);
            map.put(quote.symbol(), quote);
        }
        return map;
    }

    private static void write(Scratch scratch, int keys) {
        try (Fairlead feed = Quotes.open("feed", scratch.folder())) {
            Owner<String, Quotes.Quote> owner = feed.own(Quotes.ITEM);
            for (int number = 0; number < keys; number += BATCH) {
                List<Quotes.Quote> batch = new ArrayList<>(BATCH);
                for (int i = number; i < Math.min(keys, number + BATCH); i++) {
                    batch.add(Quotes.quote(Quotes.symbol(i), i));
                }
                owner.putAll(batch);
            }
        }
    }

    private static void awaitKeys(Copy<String, Quotes.Quote> copy, int keys) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (copy.digest().entries() < keys) {
            if (System.nanoTime() - giveUp > 0) {
                throw new IllegalStateException("the copy has only " + copy.digest());
            }
            Thread.onSpinWait();
        }
    }

    private static void memory(Measurements into, int keys, long map, long copy) {
        String what = "heap per entry, " + keys + " keys";
        double ofMap = (double) map / keys;
        double ofCopy = (double) copy / keys;
        into.row(new Measurements.Row(what, ReadMeasurement.MAP, Math.round(ofMap) + " B", "", "reference"));
        into.row(new Measurements.Row(
                what, ReadMeasurement.COPY, Math.round(ofCopy) + " B", "", Measurements.ratio(ofCopy / ofMap)));
        into.figure("memory.copyBytesPerEntry", ofCopy);
        into.figure("memory.mapBytesPerEntry", ofMap);
    }

    private static long usedMemory() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
