package dev.fairlead.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a benchmark found: rows for people, figures for programs, and whether the bounds were met. For one thread. */
public final class Measurements {
    /**
     * A row of the table for people.
     *
     * @param what was measured
     * @param subject on what
     * @param figure the median, with its unit
     * @param spread the least and the most, or whatever else there is to say
     * @param ratio to the reference
     */
    public record Row(String what, String subject, String figure, String spread, String ratio) {}

    /** A bound, and whether it was met. */
    public record Check(String name, boolean passed, String detail) {}

    private final Effort effort;
    private final List<Row> rows = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();

    Measurements(Effort effort) {
        this.effort = effort;
    }

    /** The table, in the order of measurement. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** The bounds. */
    public List<Check> checks() {
        return List.copyOf(checks);
    }

    /** The figures by name, the unit in the name. */
    public Map<String, Double> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /** Whether all bounds were met. */
    public boolean passed() {
        return checks.stream().allMatch(Check::passed);
    }

    void row(Row row) {
        rows.add(row);
    }

    void figure(String name, double value) {
        figures.put(name, value);
    }

    void atLeast(String name, double value, double bound) {
        check(name, value >= bound, value, "at least", bound);
    }

    void atMost(String name, double value, double bound) {
        check(name, value <= bound, value, "at most", bound);
    }

    private void check(String name, boolean met, double value, String relation, double bound) {
        if (effort.judged() == Effort.Judgement.BOUNDS) {
            checks.add(new Check(name, met, number(value) + ", wanted " + relation + " " + number(bound)));
        }
    }

    static String perSecond(double rate) {
        return number(rate) + "/s";
    }

    static String micros(double micros) {
        return micros >= 1000
                ? String.format(Locale.ROOT, "%.2f ms", micros / 1000)
                : String.format(Locale.ROOT, "%.1f us", micros);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f x", ratio);
    }

    static String number(double value) {
        if (value >= 1_000_000) {
            return String.format(Locale.ROOT, "%.2f M", value / 1_000_000);
        }
        return value >= 1000
                ? String.format(Locale.ROOT, "%.1f k", value / 1000)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
