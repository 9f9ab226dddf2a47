package dev.fairlead.benchmarks;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many a second each subject did in each round.
 *
 * <p>A subject's rate is the median of its rounds, and a ratio is one of two medians.
 *
 * @param what was measured
 * @param rounds by subject, in the order in which they were measured
 */
record Rates(String what, Map<String, List<Double>> rounds) {
    static Rates measure(String what, Run run, Rounds<Double> subjects) throws Exception {
        return new Rates(what, subjects.measure(what, run));
    }

    double of(String subject) {
        return Median.of(values(subject));
    }

    double ratio(String subject, String reference) {
        return of(subject) / of(reference);
    }

    /** Adds a row for each subject, beside the reference. */
    void table(String reference, Measurements into) {
        for (String subject : rounds.keySet()) {
            String beside = subject.equals(reference) ? "reference" : Measurements.ratio(ratio(subject, reference));
            List<Double> values = values(subject);
            into.row(new Measurements.Row(
                    what,
                    subject,
                    Measurements.perSecond(of(subject)),
                    Measurements.number(Collections.min(values)) + " - " + Measurements.number(Collections.max(values)),
                    beside));
        }
    }

    private List<Double> values(String subject) {
        return Objects.requireNonNull(rounds.get(subject), subject);
    }
}
