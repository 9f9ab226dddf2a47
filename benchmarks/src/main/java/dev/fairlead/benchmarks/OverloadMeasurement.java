package dev.fairlead.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What those whose calls are taken notice of a crowd at the node, whose other calls are refused and come again when the node says so. */
record OverloadMeasurement(Run run, ServingProcess node) {
    private static final String WHAT = "GET of 100 values by as many as the node can serve, and by a crowd";
    private static final String FEW = "16 connections";
    private static final String CROWD = "1,000 connections";
    private static final int FEW_CONNECTIONS = 16;
    private static final int CROWD_CONNECTIONS = 1000;

    /** Not counted: a crowd that comes at once is let in for a moment, since that may be all of it. */
    private static final int SETTLING_MILLIS = 2_000;

    private static final int KEYS = 900;
    /** Made before, and each much work for the node and little for who calls: else the callers would be what is crowded. */
    private static final byte[][] REQUESTS =
            IntStream.range(0, KEYS).mapToObj(ServedItem::page).toArray(byte[][]::new);

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

    private Crowd crowd(int connections) throws IOException {
        try (CallerCrowd callers = new CallerCrowd(node.port(), connections, REQUESTS)) {
            callers.begin();
            callers.call(Duration.ofMillis(run.of(SETTLING_MILLIS)));
            callers.call(Duration.ofMillis(run.of(10_000)));
            return new Crowd(callers.taken(), callers.seconds(), callers.refused());
        }
    }
}
