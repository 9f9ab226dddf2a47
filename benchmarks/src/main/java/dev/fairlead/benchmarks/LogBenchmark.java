package dev.fairlead.benchmarks;

import static dev.fairlead.benchmarks.FileAppender.Force.EACH_BATCH;
import static dev.fairlead.benchmarks.FileAppender.Force.NEVER;
import static dev.fairlead.benchmarks.Subjects.EMBEDDED;
import static dev.fairlead.benchmarks.Subjects.FILE;
import static dev.fairlead.benchmarks.Subjects.H2;
import static dev.fairlead.benchmarks.Subjects.ROCKS;
import static dev.fairlead.benchmarks.Subjects.SQLITE;

/** The embedded log beside a plain file, RocksDB's own API, and two SQL databases, in the same batches of the same records. */
public final class LogBenchmark implements Benchmark {
    private static final String AWAITED = EMBEDDED + ", each awaited";

    @Override
    public String name() {
        return "log";
    }

    @Override
    public String purpose() {
        return "append, replay and latency of the embedded log, beside a plain file in the same run";
    }

    @Override
    public Measurements run(Run run) throws Exception {
        Measurements measurements = new Measurements(run.effort());
        Records records = new Records(SEED);
        synced(run, records, measurements);
        grouped(run, records, measurements);
        buffered(run, records, measurements);
        tailed(run, records, measurements);
        replayed(run, records, measurements);
        new LatencyMeasurement(run, records).measure(measurements);
        return measurements;
    }

    private static void synced(Run run, Records records, Measurements into) throws Exception {
        AppendMeasurement append = new AppendMeasurement(run, records, run.of(400_000));
        Subjects subjects = new Subjects(records, EACH_BATCH);
        Rates rates = Rates.measure(
                "append, synced, batches of 100",
                run,
                new Rounds<Double>()
                        .of(FILE, () -> append.alone(subjects.file()))
                        .of(EMBEDDED, () -> append.alone(subjects.embedded()))
                        .of(ROCKS, () -> append.alone(subjects.rocks()))
                        .of(H2, () -> append.alone(subjects.h2()))
                        .of(SQLITE, () -> append.alone(subjects.sqlite())));
        beside(rates, "appendSynced", into);
        into.atLeast("appendSynced.ratioToReference", rates.ratio(EMBEDDED, FILE), 0.7);
        into.atLeast("appendSynced.ratioToRocksDb", rates.ratio(EMBEDDED, ROCKS), 0.85);
    }

    private static void grouped(Run run, Records records, Measurements into) throws Exception {
        GroupMeasurement group = new GroupMeasurement(run, records, run.of(16_000));
        Subjects subjects = new Subjects(records, EACH_BATCH);
        Rates rates = Rates.measure(
                "append, synced, 16 threads of single records",
                run,
                new Rounds<Double>()
                        .of(FILE, group::file)
                        .of(EMBEDDED, () -> group.log(subjects.embedded()))
                        .of(ROCKS, () -> group.log(subjects.rocks())));
        beside(rates, "appendGrouped", into);
        into.atLeast("appendGrouped.ratioToReference", rates.ratio(EMBEDDED, FILE), 0.6);
    }

    private static void buffered(Run run, Records records, Measurements into) throws Exception {
        AppendMeasurement append = new AppendMeasurement(run, records, run.of(1_000_000));
        AppendMeasurement slow = new AppendMeasurement(run, records, run.of(200_000));
        Subjects subjects = new Subjects(records, NEVER);
        Rates rates = Rates.measure(
                "append, buffered, batches of 100, no reader",
                run,
                new Rounds<Double>()
                        .of(FILE, () -> append.alone(subjects.file()))
                        .of(EMBEDDED, () -> append.alone(subjects.embedded()))
                        .of(ROCKS, () -> append.alone(subjects.rocks()))
                        .of(H2, () -> slow.alone(subjects.h2()))
                        .of(SQLITE, () -> slow.alone(subjects.sqlite())));
        beside(rates, "appendAlone", into);
        into.atLeast("appendAlone.ratioToRocksDb", rates.ratio(EMBEDDED, ROCKS), 0.85);
    }

    private static void tailed(Run run, Records records, Measurements into) throws Exception {
        AppendMeasurement append = new AppendMeasurement(run, records, run.of(1_500_000));
        Subjects subjects = new Subjects(records, NEVER);
        Rates rates = Rates.measure(
                "append, buffered, batches of 100, with a tailing reader",
                run,
                new Rounds<Double>()
                        .of(FILE, () -> append.withReader(subjects.file()))
                        .of(EMBEDDED, () -> append.withReader(subjects.embeddedAhead()))
                        .of(AWAITED, () -> append.withReader(subjects.embedded()))
                        .of(ROCKS, () -> append.withReader(subjects.rocks())));
        beside(rates, "appendBuffered", into);
        into.figure("appendBuffered.awaited.perSecond", rates.of(AWAITED));
        into.figure("appendBuffered.awaited.ratioToReference", rates.ratio(AWAITED, FILE));
        into.atLeast("appendBuffered.perSecond", rates.of(EMBEDDED), 800_000);
        into.atLeast("appendBuffered.ratioToReference", rates.ratio(EMBEDDED, FILE), 0.2);
        into.atLeast("appendBuffered.ratioToRocksDb", rates.ratio(EMBEDDED, ROCKS), 0.85);
    }

    private static void replayed(Run run, Records records, Measurements into) throws Exception {
        ReplayMeasurement replay = new ReplayMeasurement(run, records, run.of(1_000_000));
        ReplayMeasurement slow = new ReplayMeasurement(run, records, run.of(200_000));
        Subjects subjects = new Subjects(records, NEVER);
        Rates rates = Rates.measure(
                "replay from the start",
                run,
                new Rounds<Double>()
                        .of(FILE, () -> replay.rate(subjects.file()))
                        .of(EMBEDDED, () -> replay.rate(subjects.embedded()))
                        .of(ROCKS, () -> replay.rate(subjects.rocks()))
                        .of(H2, () -> slow.rate(subjects.h2()))
                        .of(SQLITE, () -> slow.rate(subjects.sqlite())));
        beside(rates, "replay", into);
        into.atLeast("replay.perSecond", rates.of(EMBEDDED), 2_000_000);
    }

    private static void beside(Rates rates, String figure, Measurements into) {
        rates.table(FILE, into);
        into.figure(figure + ".perSecond", rates.of(EMBEDDED));
        into.figure(figure + ".referencePerSecond", rates.of(FILE));
        into.figure(figure + ".ratioToReference", rates.ratio(EMBEDDED, FILE));
        into.figure(figure + ".ratioToRocksDb", rates.ratio(EMBEDDED, ROCKS));
    }
}
