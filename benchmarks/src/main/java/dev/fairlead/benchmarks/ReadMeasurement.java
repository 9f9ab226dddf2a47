package dev.fairlead.benchmarks;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/** How fast two threads look up keys in an order that no processor can foresee; each checks that it got the key's value. */
final class ReadMeasurement {
    static final String MAP = "ConcurrentHashMap";
    static final String COPY = "fairlead Copy";

    private static final int THREADS = 2;

    private final Run run;
    private final String[] symbols;
    private final int[] order;
    private volatile boolean live = true;

    private interface Read {
        /** The number in the value, or -1 when there is none that can be trusted. */
        long read(String symbol);
    }

    ReadMeasurement(Run run, int keys, long seed) {
        this.run = run;
        this.symbols = new String[keys];
        this.order = new int[keys];
        Random random = new Random(seed);
        for (int number = 0; number < keys; number++) {
            symbols[number] = Quotes.symbol(number);
            int other = random.nextInt(number + 1);
            order[number] = order[other];
            order[other] = number;
        }
    }

    void measure(Map<String, Quotes.Quote> map, Copy<String, Quotes.Quote> copy, Measurements into) throws Exception {
        int reads = run.of(10_000_000);
        Read ofMap = symbol -> {
            Quotes.Quote quote = map.get(symbol);
            return live && quote != null ? quote.at() : -1;
        };
        Read ofCopy = symbol -> copy.read(symbol) instanceof Reading.Fresh<Quotes.Quote>(Quotes.Quote quote, var mark)
                ? quote.at()
                : -1;
        rate(ofMap, reads / 2);
        rate(ofCopy, reads / 2);
        Rates rates = Rates.measure(
                "reads of " + symbols.length + " keys, 2 threads, map: get and a volatile read",
                run,
                new Rounds<Double>().of(MAP, () -> rate(ofMap, reads)).of(COPY, () -> rate(ofCopy, reads)));
        rates.table(MAP, into);
        into.figure("copyRead.perSecond", rates.of(COPY));
        into.figure("copyRead.referencePerSecond", rates.of(MAP));
        into.figure("copyRead.ratioToReference", rates.ratio(COPY, MAP));
        into.atLeast("copyRead.ratioToReference", rates.ratio(COPY, MAP), 0.7);
    }

    private double rate(Read read, int reads) throws Exception {
        LongAdder missed = new LongAdder();
        List<Callable<?>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int start = thread * (symbols.length / THREADS);
            work.add(() -> {
                missed.add(missed(read, start, reads));
                return null;
            });
        }
        long begin = System.nanoTime();
        Together.run(work);
        double seconds = Seconds.since(begin);
        if (missed.sum() > 0) {
            throw new IllegalStateException(missed.sum() + " reads gave no fresh value of their key");
        }
        return (double) reads * THREADS / seconds;
    }

    private long missed(Read read, int start, int reads) {
        long missed = 0;
        int at = start;
        for (int i = 0; i < reads; i++) {
            int number = order[at];
            if (read.read(symbols[number]) != number) {
                missed++;
            }
            at = at + 1 == order.length ? 0 : at + 1;
        }
        return missed;
    }
}
