package dev.fairlead.benchmarks;

/** Redis: streams beside plain Jedis with the same pipelining. */
record RedisMeasurement(Run run) {
    private static final String JEDIS = "Jedis, pipelined";

    void measure(ServerPlace place, Measurements into) throws Exception {
        Records records = new Records(Benchmark.SEED);
        AppendMeasurement append = new AppendMeasurement(run, records, run.of(100_000));
        ServerLogs logs = new ServerLogs(place, records, MechanismAppender.Wait.ACKNOWLEDGED);
        Subjects.Subject jedis = logs.plain(name -> new RedisAppender(place, name, records));
        Beside beside = new Beside(JEDIS, ServerLogs.FAIRLEAD);
        Rates alone = Rates.measure(
                "redis, append to a stream, batches of 100",
                run,
                new Rounds<Double>()
                        .of(JEDIS, () -> append.alone(jedis))
                        .of(ServerLogs.FAIRLEAD, () -> append.alone(logs.fairlead())));
        beside.judge("redis.append", alone, 0.8, into);
        Rates tailed = Rates.measure(
                "redis, stream, batches of 100, with a tailing reader",
                run,
                new Rounds<Double>()
                        .of(JEDIS, () -> append.withReader(jedis))
                        .of(ServerLogs.FAIRLEAD, () -> append.withReader(logs.fairlead())));
        beside.judge("redis.stream", tailed, 0.8, into);
    }
}
