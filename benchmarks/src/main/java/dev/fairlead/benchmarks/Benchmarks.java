package dev.fairlead.benchmarks;

import java.util.List;

/** All benchmarks. */
public final class Benchmarks {
    private Benchmarks() {}

    /** In the order in which they are listed. */
    public static List<Benchmark> all() {
        return List.of(
                new LogBenchmark(),
                new CopyBenchmark(),
                new FeedBenchmark(),
                new RequestBenchmark(),
                new PlanBenchmark());
    }
}
