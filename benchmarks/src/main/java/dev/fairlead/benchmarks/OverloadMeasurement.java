package dev.fairlead.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What those whose calls are taken notice of a crowd at the node, whose other calls are refused and come again when the node says so. */
record OverloadMeasurement(Run run, ServingProcess node) {
    private static final String WHAT = "GET of a key by as many as the node can serve, and by a crowd";
    private static final String FEW = "16 connections";
    private static final String CROWD = "1,000 connections";
    private static final int FEW_CONNECTIONS = 16;
    private static final int CROWD_CONNECTIONS = 1000;
    private static final int KEYS = 1000;
    /** Made before, so that little of the time is the callers' own. */
    private static final byte[][] REQUESTS =
            IntStream.range(0, KEYS).mapToObj(ServedItem::get).toArray(byte[][]::new);

    private static final int TAKEN = 200;
    private static final int REFUSED = 503;
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    /**
     * @param taken how long the calls took that were answered, in microseconds
     * @param seconds the time in which they came
     * @param refused how many calls were refused
     */
    private record Crowd(double[] taken, double seconds, long refused) {
        Latency latency() {
            Percentiles micros = new Percentiles(taken);
            return new Latency(micros.at(0.5), micros.at(0.99), taken.length / seconds);
        }
    }

    void measure(Measurements into) throws Exception {
        AtomicLong refused = new AtomicLong();
        Map<String, List<Latency>> rounds = new Rounds<Latency>()
                .of(FEW, () -> crowd(FEW_CONNECTIONS).latency())
                .of(CROWD, () -> {
                    Crowd crowd = crowd(CROWD_CONNECTIONS);
                    refused.addAndGet(crowd.refused());
                    return crowd.latency();
                })
                .measure(WHAT, run);
        Latency.table(WHAT, rounds, into);
        Latency few = Latency.median(Objects.requireNonNull(rounds.get(FEW)));
        Latency many = Latency.median(Objects.requireNonNull(rounds.get(CROWD)));
        into.figure("nodeOverload.p99Micros", many.p99());
        into.figure("nodeOverload.p99Ratio", many.p99() / few.p99());
        into.figure("nodeOverload.rateRatio", many.perSecond() / few.perSecond());
        into.row(new Measurements.Row(
                WHAT, "refused of the crowd", Measurements.number(refused.get()), "in all rounds", ""));
        into.atMost("nodeOverload.p99Ratio", many.p99() / few.p99(), 2);
    }

    /** Each connection sends its next call as soon as it has an answer, and about a second after a refusal, as the node asks. */
    private Crowd crowd(int connections) throws Exception {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(run.of(10_000));
        List<double[]> taken = new ArrayList<>();
        AtomicLong refused = new AtomicLong();
        List<Callable<?>> work = new ArrayList<>();
        for (int connection = 0; connection < connections; connection++) {
            int first = connection;
            work.add(() -> {
                double[] mine = calls(first, end, refused);
                synchronized (taken) {
                    taken.add(mine);
                }
                return null;
            });
        }
        Together.run(work);
        double[] all = taken.stream().flatMapToDouble(Arrays::stream).toArray();
        return new Crowd(all, Seconds.since(begin), refused.get());
    }

    private double[] calls(int first, long end, AtomicLong refused) throws IOException {
        double[] micros = new double[1024];
        int count = 0;
        try (HttpCaller caller = new HttpCaller(node.port())) {
            for (int number = first; System.nanoTime() - end < 0; number++) {
                long begin = System.nanoTime();
                int status = caller.call(REQUESTS[number % KEYS]);
                if (status == REFUSED) {
                    refused.incrementAndGet();
                    LockSupport.parkNanos(PAUSE + ThreadLocalRandom.current().nextLong(PAUSE));
                } else if (status == TAKEN) {
                    micros = count == micros.length ? Arrays.copyOf(micros, 2 * count) : micros;
                    micros[count++] = (System.nanoTime() - begin) / 1e3;
                } else {
                    throw new IllegalStateException("a call was answered with " + status);
                }
            }
        }
        return Arrays.copyOf(micros, count);
    }
}
