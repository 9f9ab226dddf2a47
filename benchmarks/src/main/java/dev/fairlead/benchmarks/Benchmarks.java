package dev.fairlead.benchmarks;

import java.util.List;

/** All benchmarks. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * In the order in which they are listed.
     *
     * @param servers where the servers are that the last one measures
     */
    public static List<Benchmark> all(Servers servers) {
        return List.of(
                new LogBenchmark(),
                new CopyBenchmark(),
                new FeedBenchmark(),
                new RequestBenchmark(),
                new PlanBenchmark(),
                new NodeBenchmark(),
                new ServersBenchmark(servers));
    }
}
