package dev.fairlead.benchmarks;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Reads of a live copy, beside a get of a ConcurrentHashMap and one volatile read; and what an entry takes in memory. */
public final class CopyBenchmark implements Benchmark {
    private static final int THREADS = 2;
    private static final int BATCH = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MAP = "ConcurrentHashMap.get + volatile read";
    private static final String COPY = "fairlead Copy.read";

    private volatile boolean live = true;

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String purpose() {
        return "reads of a live copy of a million keys, beside a plain map";
    }

    @Override
    public Measurements run(Effort effort, Progress progress) throws Exception {
        Measurements measurements = new Measurements(effort);
        int keys = effort.of(1_000_000);
        String[] symbols = new String[keys];
        for (int number = 0; number < keys; number++) {
            symbols[number] = Quotes.symbol(number);
        }
        try (Scratch scratch = new Scratch()) {
            Quotes.writePlan(scratch.folder());
            progress.step("writing " + keys + " keys");
            write(scratch, symbols);
            long empty = usedMemory();
            Map<String, Quotes.Quote> map = new ConcurrentHashMap<>();
            for (int number = 0; number < keys; number++) {
                map.put(new String(symbols[number]), Quotes.quote(symbols[number], number));
            }
            long withMap = usedMemory();
            try (Fairlead feed = Quotes.open("feed", scratch.folder());
                    Fairlead reader = Quotes.open("reader", scratch.folder())) {
                progress.step("loading a copy of " + keys + " keys");
                Copy<String, Quotes.Quote> copy = reader.copy(Quotes.ITEM);
                awaitKeys(copy, keys);
                long withCopy = usedMemory();
                feed.own(Quotes.ITEM);
                copy.awaitLive(PATIENCE);
                memory(measurements, keys, withMap - empty, withCopy - withMap);
                reads(effort, progress, measurements, symbols, map, copy);
            }
        }
        return measurements;
    }

    private static void write(Scratch scratch, String[] symbols) {
        try (Fairlead feed = Quotes.open("feed", scratch.folder())) {
            Owner<String, Quotes.Quote> owner = feed.own(Quotes.ITEM);
            for (int number = 0; number < symbols.length; number += BATCH) {
                List<Quotes.Quote> batch = new ArrayList<>(BATCH);
                for (int i = number; i < Math.min(symbols.length, number + BATCH); i++) {
                    batch.add(Quotes.quote(symbols[i], i));
                }
                owner.putAll(batch);
            }
        }
    }

    private static void awaitKeys(Copy<String, Quotes.Quote> copy, int keys) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (copy.digest().entries() < keys) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the copy has only " + copy.digest());
            }
            Thread.onSpinWait();
        }
    }

    private static void memory(Measurements into, int keys, long map, long copy) {
        into.row("memory per entry", "ConcurrentHashMap", map / keys + " B", "reference");
        into.row("memory per entry", "fairlead Copy", copy / keys + " B", Measurements.ratio((double) copy / map));
        into.figure("memory.copyBytesPerEntry", (double) copy / keys);
        into.figure("memory.mapBytesPerEntry", (double) map / keys);
    }

    private void reads(
            Effort effort,
            Progress progress,
            Measurements into,
            String[] symbols,
            Map<String, Quotes.Quote> map,
            Copy<String, Quotes.Quote> copy)
            throws Exception {
        String what = "reads of " + symbols.length + " keys, 2 threads";
        int reads = effort.of(10_000_000);
        Read ofMap = symbol -> {
            Quotes.Quote quote = map.get(symbol);
            return live && quote != null ? quote.at() : -1;
        };
        Read ofCopy = symbol -> copy.read(symbol) instanceof Reading.Fresh<Quotes.Quote>(Quotes.Quote quote, var mark)
                ? quote.at()
                : -1;
        rate(ofMap, symbols, reads / 2);
        rate(ofCopy, symbols, reads / 2);
        Rates rates = new Medians()
                .of(MAP, () -> rate(ofMap, symbols, reads))
                .of(COPY, () -> rate(ofCopy, symbols, reads))
                .measure(what, effort.rounds(), progress);
        rates.each((subject, rate) -> into.rate(what, subject, rate, rates.of(MAP)));
        double ratio = rates.of(COPY) / rates.of(MAP);
        into.figure("copyRead.perSecond", rates.of(COPY));
        into.figure("copyRead.ratioToReference", ratio);
        into.atLeast("copyRead.ratioToReference", ratio, 0.7);
    }

    private interface Read {
        /** The number in the value, or -1 when there is none that can be trusted. */
        long read(String symbol);
    }

    private static double rate(Read read, String[] symbols, int reads) throws Exception {
        LongAdder missed = new LongAdder();
        List<Callable<?>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            int start = random.nextInt(symbols.length);
            // An odd step visits the keys in an order that the processor cannot foresee, at no cost of its own.
            int step = 7919 * (thread * 2 + 1);
            work.add(() -> {
                int at = start;
                for (int i = 0; i < reads; i++) {
                    at = (at + step) % symbols.length;
                    if (read.read(symbols[at]) != at) {
                        missed.increment();
                    }
                }
                return null;
            });
        }
        long begin = System.nanoTime();
        Together.run(work);
        double seconds = Seconds.since(begin);
        if (missed.sum() > 0) {
            throw new IllegalStateException(missed.sum() + " reads gave no fresh value");
        }
        return (double) reads * THREADS / seconds;
    }

    private static long usedMemory() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
