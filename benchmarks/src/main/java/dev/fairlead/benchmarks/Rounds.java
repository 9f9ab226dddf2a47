package dev.fairlead.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures several subjects in turn, round after round, so that a slow moment of the machine strikes all alike. */
final class Rounds<T> {
    /** One subject's measurement, once. */
    @FunctionalInterface
    interface Round<T> {
        T measure() throws Exception;
    }

    private final Map<String, Round<T>> subjects = new LinkedHashMap<>();

    Rounds<T> of(String subject, Round<T> round) {
        subjects.put(subject, round);
        return this;
    }

    /** What each round of each subject gave, the subjects in the order in which they were named. */
    Map<String, List<T>> measure(String what, Run run) throws Exception {
        Map<String, List<T>> results = new LinkedHashMap<>();
        int rounds = run.effort().rounds();
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<String, Round<T>> subject : subjects.entrySet()) {
                run.progress().step(what + ": " + subject.getKey() + ", round " + round + " of " + rounds);
                System.gc();
                results.computeIfAbsent(subject.getKey(), name -> new ArrayList<>())
                        .add(subject.getValue().measure());
            }
        }
        return results;
    }
}
