package dev.fairlead.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** The median of each subject, in the order in which they were measured. */
record Rates(Map<String, Double> bySubject) {
    Rates {
        bySubject = Collections.unmodifiableMap(new LinkedHashMap<>(bySubject));
    }

    double of(String subject) {
        return Objects.requireNonNull(bySubject.get(subject), subject);
    }

    void each(BiConsumer<String, Double> action) {
        bySubject.forEach(action);
    }
}
