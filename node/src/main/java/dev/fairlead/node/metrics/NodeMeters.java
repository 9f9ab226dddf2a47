package dev.fairlead.node.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * What a node measures of itself, in the text format of Prometheus; names and tags stand in docs/node.md. Tags are routes, items of the plan and words of
 * ours, so that no caller can make more of them. Safe for many threads.
 */
public final class NodeMeters implements AutoCloseable {
    /** The media type of {@link #text}. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter shed = Counter.builder("fairlead.node.shed").register(registry);
    private final Map<Answered, Timer> calls = new ConcurrentHashMap<>();

    private record Answered(String route, int hundreds) {}

    /**
     * A call was answered.
     *
     * @param route its method and template, or a word when it had none
     * @param nanos that it took until the answer, of a stream until its begin
     */
    public void answered(String route, int status, long nanos) {
        calls.computeIfAbsent(new Answered(route, status / 100), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Answered answered) {
        return Timer.builder("fairlead.node.calls")
                .tag("route", answered.route())
                .tag("status", answered.hundreds() + "xx")
                .register(registry);
    }

    /** A call was refused because more came than can be worked on in time. */
    public void shed() {
        shed.increment();
    }

    /** A call was refused for this reason. */
    public void denied(String why) {
        Counter.builder("fairlead.node.denied")
                .tag("why", why)
                .register(registry)
                .increment();
    }

    /** Something has this value whenever it is looked at. */
    public void show(String name, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .strongReference(true)
                .register(registry);
    }

    /** Something of an item has this value whenever it is looked at. */
    public void show(String name, String item, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .tag("item", item)
                .strongReference(true)
                .register(registry);
    }

    /** All of it, as it is now. */
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
