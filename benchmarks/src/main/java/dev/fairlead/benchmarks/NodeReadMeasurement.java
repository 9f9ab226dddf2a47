package dev.fairlead.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reads of single keys at a node; beside Jetty with a handler that returns the same bytes from memory. */
record NodeReadMeasurement(Run run, ServingProcess node, Path folder) {
    private static final String GET = "GET of a key, 16 connections";
    private static final String UNCHANGED = "GET with If-None-Match, 16 connections";
    private static final String LATENCY = "GET of a key, at half of the most";
    private static final String BARE = "Jetty, the same bytes from memory";
    private static final String NODE = "fairlead node";
    private static final int KEYS = 1000;
    private static final int CONNECTIONS = 16;

    void measure(Measurements into) throws Exception {
        new HttpLoad(node.port(), 201, ServedItem::put).rate(1, KEYS);
        byte[][] requests = IntStream.range(0, KEYS).mapToObj(ServedItem::get).toArray(byte[][]::new);
        double most = beside(GET, "nodeGet", 200, number -> requests[number % KEYS], 0.7, into);
        latency(number -> requests[number % KEYS], most / 2, into);
        byte[][] unchanged = new byte[KEYS][];
        try (HttpCaller caller = new HttpCaller(node.port())) {
            for (int number = 0; number < KEYS; number++) {
                caller.call(requests[number]);
                unchanged[number] = ServedItem.getChanged(number, tag(caller.answer()));
            }
        }
        beside(UNCHANGED, "nodeUnchanged", 304, number -> unchanged[number % KEYS], 0.8, into);
    }

    private static String tag(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("ETag: "))
                .map(line -> line.substring("ETag: ".length()))
                .findFirst()
                .orElseThrow();
    }

    /** Gives the median rate of the node. */
    private double beside(
            String what, String figure, int status, IntFunction<byte[]> requests, double bound, Measurements into)
            throws Exception {
        try (ServingProcess bare = bare(requests.apply(0))) {
            Rates rates = Rates.measure(
                    what,
                    run,
                    new Rounds<Double>()
                            .of(BARE, () -> rate(new HttpLoad(bare.port(), status, requests)))
                            .of(NODE, () -> rate(new HttpLoad(node.port(), status, requests))));
            new Beside(BARE, NODE).judge(figure, rates, bound, into);
            return rates.of(NODE);
        }
    }

    private ServingProcess bare(byte[] request) throws IOException {
        Path answer = folder.resolve("answer.bytes");
        try (HttpCaller caller = new HttpCaller(node.port())) {
            caller.call(request);
            Files.write(answer, caller.answer());
        }
        return ServingProcess.start(ServingProcess.Kind.BARE, answer, folder);
    }

    /** The first half, which is not counted, lets the server's compiler do its work. */
    private double rate(HttpLoad load) throws Exception {
        int count = run.of(50_000);
        load.rate(CONNECTIONS, count);
        return load.rate(CONNECTIONS, count);
    }

    private void latency(IntFunction<byte[]> requests, double perSecond, Measurements into) throws Exception {
        HttpLoad load = new HttpLoad(node.port(), 200, requests);
        Map<String, List<Latency>> rounds = new Rounds<Latency>()
                .of(NODE, () -> {
                    Percentiles micros = new Percentiles(load.times(CONNECTIONS, run.of(60_000), perSecond));
                    return new Latency(micros.at(0.5), micros.at(0.99), perSecond);
                })
                .measure(LATENCY, run);
        Latency.table(LATENCY, rounds, into);
        Latency latency = Latency.median(Objects.requireNonNull(rounds.get(NODE)));
        into.figure("nodeGet.p50Micros", latency.p50());
        into.figure("nodeGet.p99Micros", latency.p99());
        into.atMost("nodeGet.p99Micros", latency.p99(), 5000);
    }
}
