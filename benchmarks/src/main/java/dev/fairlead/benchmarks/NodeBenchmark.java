package dev.fairlead.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** The node: a process of its own that serves items over HTTP. */
public final class NodeBenchmark implements Benchmark {
    @Override
    public String name() {
        return "node";
    }

    @Override
    public String purpose() {
        return "reads, streams and appends over HTTP at a node of its own process, beside Jetty with nothing behind it";
    }

    @Override
    public Measurements run(Run run) throws Exception {
        Measurements measurements = new Measurements(run.effort());
        try (Scratch scratch = run.scratch()) {
            Path plan = scratch.folder().resolve("plan");
            ServedItem.writePlan(plan);
            Path data = Files.createDirectories(scratch.folder().resolve("data"));
            try (ServingProcess node = ServingProcess.start(ServingProcess.Kind.NODE, plan, data)) {
                new NodeReadMeasurement(run, node, scratch.folder()).measure(measurements);
                new OverloadMeasurement(run, node).measure(measurements);
                new NodeAppendMeasurement(run, node).measure(measurements);
            }
            new BulkheadMeasurement(run, plan).measure(measurements);
            new NodeStreamMeasurement(run, plan).measure(measurements);
        }
        return measurements;
    }
}
