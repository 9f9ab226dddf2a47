package dev.fairlead.benchmarks;

/** Redis: streams beside plain Jedis with the same pipelining. */
record RedisMeasurement(Run run) {
    private static final String JEDIS = "Jedis, pipelined";

    /** Enough for most rounds of both clients to be measured after they were compiled, which takes processors that the server needs too. */
    private static final int RECORDS = 300_000;

    @FunctionalInterface
    private interface Measurement {
        double of(Subjects.Subject subject) throws Exception;
    }

    void measure(ServerPlace place, Measurements into) throws Exception {
        Records records = new Records(Benchmark.SEED);
        AppendMeasurement append = new AppendMeasurement(run, records, run.of(RECORDS));
        ServerLogs logs = logs(place, records);
        Subjects.Subject jedis = logs.plain(name -> new RedisAppender(place, name, records));
        Beside beside = new Beside(JEDIS, ServerLogs.FAIRLEAD);
        Rates alone = Rates.measure(
                "redis, append to a stream, batches of 100",
                run,
                new Rounds<Double>()
                        .of(JEDIS, () -> append.alone(jedis))
                        .of(ServerLogs.FAIRLEAD, () -> fairlead(place, records, append::alone)));
        beside.judge("redis.append", alone, 0.8, into);
        Rates tailed = Rates.measure(
                "redis, stream, batches of 100, with a tailing reader",
                run,
                new Rounds<Double>()
                        .of(JEDIS, () -> append.withReader(jedis))
                        .of(ServerLogs.FAIRLEAD, () -> fairlead(place, records, append::withReader)));
        beside.judge("redis.stream", tailed, 0.8, into);
    }

    /** Takes the log away afterwards, as the plain client does: else each round would find a larger server. */
    private static double fairlead(ServerPlace place, Records records, Measurement measurement) throws Exception {
        try (ServerPlace own = place.another()) {
            return measurement.of(logs(own, records).fairlead());
        }
    }

    private static ServerLogs logs(ServerPlace place, Records records) {
        return new ServerLogs(place, records, MechanismAppender.Wait.ACKNOWLEDGED);
    }
}
