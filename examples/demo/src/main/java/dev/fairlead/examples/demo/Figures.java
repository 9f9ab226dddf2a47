package dev.fairlead.examples.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is measured during a run, by name. Safe for many threads. */
public final class Figures {
    private final Map<String, Number> values = new LinkedHashMap<>();

    public synchronized void put(String name, long value) {
        values.put(name, value);
    }

    /** Puts a figure with three digits behind the point. */
    public synchronized void put(String name, double value) {
        values.put(name, Math.round(value * 1000) / 1000.0);
    }

    public synchronized Map<String, Number> all() {
        return new LinkedHashMap<>(values);
    }
}
