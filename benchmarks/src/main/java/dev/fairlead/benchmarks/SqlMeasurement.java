package dev.fairlead.benchmarks;

/** PostgreSQL: appends, a queue and searches beside plain JDBC. */
record SqlMeasurement(Run run) {
    private static final String BATCHES = "JDBC batches";
    private static final String LOOP = "JDBC, SKIP LOCKED";

    void measure(ServerPlace place, Measurements into) throws Exception {
        Records records = new Records(Benchmark.SEED);
        appends(place, records, into);
        queue(place, records, into);
        new FindMeasurement(run, place, run.of(100_000)).measure(into);
    }

    private void appends(ServerPlace place, Records records, Measurements into) throws Exception {
        AppendMeasurement append = new AppendMeasurement(run, records, run.of(100_000));
        ServerLogs logs = new ServerLogs(place, records, MechanismAppender.Wait.ACKNOWLEDGED);
        Rates rates = Rates.measure(
                "sql, append to PostgreSQL, batches of 100",
                run,
                new Rounds<Double>()
                        .of(BATCHES, () -> append.alone(logs.plain(name -> new PostgresAppender(place, name, records))))
                        .of(ServerLogs.FAIRLEAD, () -> append.alone(logs.fairlead())));
        new Beside(BATCHES, ServerLogs.FAIRLEAD).judge("sql.append", rates, 0.8, into);
    }

    private void queue(ServerPlace place, Records records, Measurements into) throws Exception {
        QueueMeasurement queue = new QueueMeasurement(records, run.of(30_000));
        Rates rates = Rates.measure(
                "sql, queue in PostgreSQL, batches of 200, sent and acknowledged",
                run,
                new Rounds<Double>()
                        .of(LOOP, () -> queue.plain(place, name -> new PostgresQueue(place, name)))
                        .of(ServerLogs.FAIRLEAD, () -> queue.fairlead(place)));
        new Beside(LOOP, ServerLogs.FAIRLEAD).judge("sql.queue", rates, 0.9, into);
    }
}
