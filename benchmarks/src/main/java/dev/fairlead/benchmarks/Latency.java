package dev.fairlead.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long something took, at a steady rate; for several rounds, the median of each percentile.
 *
 * @param p50 in microseconds
 * @param p99 in microseconds
 * @param perSecond the rate that was kept
 */
record Latency(double p50, double p99, double perSecond) {
    static Latency of(double[] micros, Pace pace) {
        Percentiles percentiles = new Percentiles(micros);
        return new Latency(percentiles.at(0.5), percentiles.at(0.99), pace.perSecond());
    }

    static Latency median(List<Latency> rounds) {
        return new Latency(
                median(rounds, Latency::p50), median(rounds, Latency::p99), median(rounds, Latency::perSecond));
    }

    private static double median(List<Latency> rounds, ToDoubleFunction<Latency> part) {
        return Median.of(rounds.stream().mapToDouble(part).boxed().toList());
    }

    /** Adds a row for each subject. */
    static void table(String what, Map<String, List<Latency>> rounds, Measurements into) {
        rounds.forEach((subject, measured) -> {
            Latency latency = median(measured);
            into.row(new Measurements.Row(
                    what,
                    subject,
                    "p50 " + Measurements.micros(latency.p50),
                    "p99 " + Measurements.micros(latency.p99),
                    "at " + Measurements.perSecond(latency.perSecond)));
        });
    }
}
