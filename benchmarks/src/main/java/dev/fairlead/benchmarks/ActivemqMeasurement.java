package dev.fairlead.benchmarks;

/** ActiveMQ: a queue beside a plain client for AMQP 1.0. */
record ActivemqMeasurement(Run run) {
    private static final String CLIENT = "protonj2-client";

    void measure(ServerPlace place, Measurements into) throws Exception {
        QueueMeasurement queue = new QueueMeasurement(new Records(Benchmark.SEED), run.of(30_000));
        Rates rates = Rates.measure(
                "activemq, queue, batches of 200, sent and acknowledged",
                run,
                new Rounds<Double>()
                        .of(CLIENT, () -> queue.plain(place, name -> new ProtonQueue(place, name)))
                        .of(ServerLogs.FAIRLEAD, () -> queue.fairlead(place)));
        new Beside(CLIENT, ServerLogs.FAIRLEAD).judge("activemq.queue", rates, 0.8, into);
    }
}
