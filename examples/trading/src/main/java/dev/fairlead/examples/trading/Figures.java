package dev.fairlead.examples.trading;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is measured during a run, by name. Safe for many threads. */
final class Figures {
    private final Map<String, Number> values = new LinkedHashMap<>();

    synchronized void put(String name, long value) {
        values.put(name, value);
    }

    /** Puts a figure with three digits behind the point. */
    synchronized void put(String name, double value) {
        values.put(name, Math.round(value * 1000) / 1000.0);
    }

    synchronized Map<String, Number> all() {
        return new LinkedHashMap<>(values);
    }
}
