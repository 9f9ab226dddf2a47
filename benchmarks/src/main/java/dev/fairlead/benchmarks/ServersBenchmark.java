package dev.fairlead.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mechanisms in front of a server, each beside a plain client of the same server that does the same with the same guarantees. */
public final class ServersBenchmark implements Benchmark {
    /** Measures on one server. */
    @FunctionalInterface
    private interface Measurement {
        void measure(ServerPlace place, Measurements into) throws Exception;
    }

    private final Servers servers;

    public ServersBenchmark(Servers servers) {
        this.servers = servers;
    }

    /** The mechanisms that can be measured. */
    public static List<String> measurable() {
        return List.of("kafka", "rabbitmq", "activemq", "sql", "redis");
    }

    @Override
    public String name() {
        return "servers";
    }

    @Override
    public String purpose() {
        return "each mechanism in front of a server, beside a plain client of the same server";
    }

    @Override
    public Measurements run(Run run) throws Exception {
        Map<String, Measurement> all = Map.of(
                "kafka", new KafkaMeasurement(run)::measure,
                "rabbitmq", new RabbitMeasurement(run)::measure,
                "activemq", new ActivemqMeasurement(run)::measure,
                "sql", new SqlMeasurement(run)::measure,
                "redis", new RedisMeasurement(run)::measure);
        List<String> wanted = new ArrayList<>(servers.mechanisms());
        Measurements measurements = new Measurements(run.effort());
        for (String mechanism : wanted) {
            Measurement measurement = Optional.ofNullable(all.get(mechanism))
                    .orElseThrow(() -> new IllegalArgumentException("mechanism " + mechanism
                            + " is not measured beside a client (use " + String.join(", ", measurable()) + ")"));
            run.progress().step(mechanism + ": looking for a server, or starting one");
            try (ServerPlace place = ServerPlace.of(mechanism, servers.settings(mechanism), run.folder())) {
                measurement.measure(place, measurements);
            }
        }
        return measurements;
    }
}
