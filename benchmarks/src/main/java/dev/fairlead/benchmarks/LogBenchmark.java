package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;

/** The embedded log beside a plain file, RocksDB's own API, and two SQL databases, in the same batches of the same records. */
public final class LogBenchmark implements Benchmark {
    @Override
    public String name() {
        return "log";
    }

    @Override
    public String purpose() {
        return "append, replay and latency of the embedded log, beside a plain file in the same run";
    }

    @Override
    public Measurements run(Effort effort, Progress progress) throws Exception {
        Measurements measurements = new Measurements(effort);
        Records records = new Records(SEED);
        synced(effort, progress, records, measurements);
        group(effort, progress, records, measurements);
        buffered(effort, progress, records, measurements);
        replay(effort, progress, records, measurements);
        new LatencyMeasurement(effort, records).measure(progress, measurements);
        return measurements;
    }

    private static void synced(Effort effort, Progress progress, Records records, Measurements into) throws Exception {
        String what = "append, synced, batches of 100";
        AppendMeasurement append = new AppendMeasurement(records, effort.of(40_000));
        Rates rates = new Medians()
                .of(Subjects.FILE, () -> append.rate(Subjects.file(FileAppender.Force.EACH_BATCH)))
                .of(Subjects.EMBEDDED, () -> append.rate(Subjects.embedded(Durability.D2, records)))
                .of(Subjects.ROCKS, () -> append.rate(Subjects.rocks(FileAppender.Force.EACH_BATCH)))
                .of(Subjects.SQLITE, () -> append.rate(Subjects.sqlite(FileAppender.Force.EACH_BATCH)))
                .measure(what, effort.rounds(), progress);
        double ratio = table(what, rates, into);
        into.figure("appendSynced.perSecond", rates.of(Subjects.EMBEDDED));
        into.figure("appendSynced.ratioToReference", ratio);
        into.figure("appendSynced.ratioToRocksDb", rates.of(Subjects.EMBEDDED) / rates.of(Subjects.ROCKS));
        into.atLeast("appendSynced.ratioToReference", ratio, 0.7);
        into.atLeast("appendSynced.ratioToRocksDb", rates.of(Subjects.EMBEDDED) / rates.of(Subjects.ROCKS), 0.85);
    }

    private static void group(Effort effort, Progress progress, Records records, Measurements into) throws Exception {
        String what = "append, synced, 16 threads of single records";
        GroupMeasurement group = new GroupMeasurement(records, effort.of(16_000));
        Rates rates = new Medians()
                .of(Subjects.FILE, group::file)
                .of(Subjects.EMBEDDED, group::embedded)
                .measure(what, effort.rounds(), progress);
        double ratio = table(what, rates, into);
        into.figure("appendGrouped.perSecond", rates.of(Subjects.EMBEDDED));
        into.figure("appendGrouped.ratioToReference", ratio);
        into.atLeast("appendGrouped.ratioToReference", ratio, 0.6);
    }

    private static void buffered(Effort effort, Progress progress, Records records, Measurements into)
            throws Exception {
        String what = "append, buffered, batches of 100, with a tailing reader";
        TailMeasurement tail = new TailMeasurement(records, effort.of(1_500_000));
        AppendMeasurement append = new AppendMeasurement(records, effort.of(1_000_000));
        AppendMeasurement slow = new AppendMeasurement(records, effort.of(200_000));
        Rates rates = new Medians()
                .of(Subjects.FILE, tail::file)
                .of(Subjects.EMBEDDED, tail::embedded)
                .of(Subjects.EMBEDDED + ", no reader", () -> append.rate(Subjects.embedded(Durability.D1, records)))
                .of(Subjects.ROCKS + ", no reader", () -> append.rate(Subjects.rocks(FileAppender.Force.NEVER)))
                .of(Subjects.H2 + ", no reader", () -> slow.rate(Subjects.h2()))
                .of(Subjects.SQLITE + ", no reader", () -> slow.rate(Subjects.sqlite(FileAppender.Force.NEVER)))
                .measure(what, effort.rounds(), progress);
        double ratio = table(what, rates, into);
        double embedded = rates.of(Subjects.EMBEDDED);
        double toRocks = rates.of(Subjects.EMBEDDED + ", no reader") / rates.of(Subjects.ROCKS + ", no reader");
        into.figure("appendBuffered.perSecond", embedded);
        into.figure("appendBuffered.ratioToReference", ratio);
        into.figure("appendBuffered.ratioToRocksDb", toRocks);
        into.atLeast("appendBuffered.perSecond", embedded, 800_000);
        into.atLeast("appendBuffered.ratioToReference", ratio, 0.2);
        into.atLeast("appendBuffered.ratioToRocksDb", toRocks, 0.85);
    }

    private static void replay(Effort effort, Progress progress, Records records, Measurements into) throws Exception {
        String what = "replay from the start";
        ReplayMeasurement replay = new ReplayMeasurement(records, effort.of(1_000_000));
        ReplayMeasurement slow = new ReplayMeasurement(records, effort.of(200_000));
        Rates rates = new Medians()
                .of(Subjects.FILE, () -> replay.rate(Subjects.file(FileAppender.Force.NEVER)))
                .of(Subjects.EMBEDDED, () -> replay.rate(Subjects.embedded(Durability.D1, records)))
                .of(Subjects.ROCKS, () -> replay.rate(Subjects.rocks(FileAppender.Force.NEVER)))
                .of(Subjects.H2, () -> slow.rate(Subjects.h2()))
                .of(Subjects.SQLITE, () -> slow.rate(Subjects.sqlite(FileAppender.Force.NEVER)))
                .measure(what, effort.rounds(), progress);
        double ratio = table(what, rates, into);
        into.figure("replay.perSecond", rates.of(Subjects.EMBEDDED));
        into.figure("replay.ratioToReference", ratio);
        into.atLeast("replay.perSecond", rates.of(Subjects.EMBEDDED), 2_000_000);
    }

    /** Adds one row per subject; returns the ratio of the embedded log to the file. */
    private static double table(String what, Rates rates, Measurements into) {
        double reference = rates.of(Subjects.FILE);
        rates.each((subject, rate) -> into.rate(what, subject, rate, reference));
        return rates.of(Subjects.EMBEDDED) / reference;
    }
}
