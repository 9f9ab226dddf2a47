package dev.fairlead.examples.demo;

import dev.fairlead.api.CopyStatistics;
import dev.fairlead.api.Health;

/** One copy at one moment. */
public record CopyRow(String reader, String item, Health health, CopyStatistics counts, long keys) {
    private static final String ROW = "%-12s %-7s %6s %5s %5s %9s %9s %9s %5s";
    private static final int STATE_FROM = 13;
    private static final int STATE_TO = 20;

    /** The heading above the lines of all copies of an item. */
    public static String heading(String item, Paint paint) {
        return paint.dim(
                Printed.text(ROW, item, "health", "age", "lag", "keys", "applied", "delivered", "conflated", "gaps"));
    }

    /** The copy in one line. */
    public String line(Paint paint) {
        String line = Printed.text(
                ROW,
                reader,
                health.state(),
                Printed.age(health.age()),
                Printed.brief(health.lag()),
                Printed.brief(keys),
                Printed.count(counts.applied()),
                Printed.count(counts.delivered()),
                Printed.count(counts.conflated()),
                Printed.brief(counts.gaps()));
        return line.substring(0, STATE_FROM)
                + paint.health(health.state(), line.substring(STATE_FROM, STATE_TO))
                + line.substring(STATE_TO);
    }

    /** The reader and the copy's health, in a few characters. */
    public String brief(Paint paint) {
        return reader + " " + paint.health(health.state(), health.state().name());
    }
}
