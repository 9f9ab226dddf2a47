package dev.fairlead.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures several subjects in turn, round after round, so that a slow moment of the machine strikes all alike. */
final class Medians {
    /** One subject's measurement, once. */
    @FunctionalInterface
    interface Round {
        double measure() throws Exception;
    }

    private final Map<String, Round> subjects = new LinkedHashMap<>();

    Medians of(String subject, Round round) {
        subjects.put(subject, round);
        return this;
    }

    /** The median of each subject. */
    Rates measure(String what, int rounds, Progress progress) throws Exception {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Round> subject : subjects.entrySet()) {
                progress.step(what + ": " + subject.getKey() + ", round " + (round + 1) + " of " + rounds);
                System.gc();
                values.computeIfAbsent(subject.getKey(), name -> new ArrayList<>())
                        .add(subject.getValue().measure());
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        values.forEach((subject, measured) -> medians.put(subject, median(measured)));
        return new Rates(medians);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
