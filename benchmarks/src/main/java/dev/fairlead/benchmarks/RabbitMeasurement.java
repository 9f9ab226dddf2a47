package dev.fairlead.benchmarks;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;

/** RabbitMQ: streams beside the plain stream client, quorum queues beside the plain client for AMQP 0-9-1. */
record RabbitMeasurement(Run run) {
    private static final String STREAM_CLIENT = "stream-client";
    private static final String AMQP_CLIENT = "amqp-client";

    void measure(ServerPlace place, Measurements into) throws Exception {
        Records records = new Records(Benchmark.SEED);
        streams(place, records, into);
        queues(place, records, into);
    }

    private void streams(ServerPlace place, Records records, Measurements into) throws Exception {
        AppendMeasurement append = new AppendMeasurement(run, records, run.of(300_000));
        ServerLogs logs = new ServerLogs(place, records, MechanismAppender.Wait.ADMITTED);
        Rates rates = Rates.measure(
                "rabbitmq, stream, batches of 100, with a tailing reader",
                run,
                new Rounds<Double>()
                        .of(
                                STREAM_CLIENT,
                                () -> append.withReader(logs.plain(name -> new StreamAppender(place, name, records))))
                        .of(ServerLogs.FAIRLEAD, () -> append.withReader(logs.fairlead())));
        new Beside(STREAM_CLIENT, ServerLogs.FAIRLEAD).judge("rabbitmq.stream", rates, 0.8, into);
    }

    private void queues(ServerPlace place, Records records, Measurements into) throws Exception {
        try (Mechanism mechanism = place.open()) {
            if (!mechanism.capabilities().contains(Capability.QUEUE)) {
                return;
            }
        }
        QueueMeasurement queue = new QueueMeasurement(records, run.of(20_000));
        Rates rates = Rates.measure(
                "rabbitmq, quorum queue, batches of 200, sent and acknowledged",
                run,
                new Rounds<Double>()
                        .of(AMQP_CLIENT, () -> queue.plain(place, name -> new AmqpQueue(place, name)))
                        .of(ServerLogs.FAIRLEAD, () -> queue.fairlead(place)));
        new Beside(AMQP_CLIENT, ServerLogs.FAIRLEAD).judge("rabbitmq.queue", rates, 0.9, into);
    }
}
