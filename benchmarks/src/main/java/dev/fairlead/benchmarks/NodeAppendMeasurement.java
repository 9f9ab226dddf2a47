package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import java.nio.file.Path;
import java.util.Map;

/** Appends of another process through a node; beside the same on the store itself, which the node lends. */
record NodeAppendMeasurement(Run run, ServingProcess node) {
    private static final String WHAT = "append over HTTP, buffered, batches of 100";
    private static final String HTTP = "fairlead http";
    private static final int CALLS = 300_000;

    void measure(Measurements into) throws Exception {
        Records records = new Records(Benchmark.SEED);
        AppendMeasurement append = new AppendMeasurement(run, records, run.of(CALLS));
        Subjects local = new Subjects(records, FileAppender.Force.NEVER);
        Rates rates = Rates.measure(
                WHAT,
                run,
                new Rounds<Double>()
                        .of(Subjects.EMBEDDED, () -> append.alone(local.embeddedAhead()))
                        .of(HTTP, () -> append.alone(folder -> http(folder, records))));
        rates.table(Subjects.EMBEDDED, into);
        into.figure("nodeAppend.perSecond", rates.of(HTTP));
        into.figure("nodeAppend.ratioToReference", rates.ratio(HTTP, Subjects.EMBEDDED));
        into.atLeast("nodeAppend.perSecond", rates.of(HTTP), 100_000);
    }

    private MechanismAppender http(Path folder, Records records) {
        ServerPlace place = ServerPlace.of("http", Map.of("url", "http://127.0.0.1:" + node.port()), folder);
        return new MechanismAppender(
                place.open(), "bench.log", Durability.D1, MechanismAppender.Wait.ADMITTED, records);
    }
}
