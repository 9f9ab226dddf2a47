package dev.fairlead.examples.demo;

import dev.fairlead.api.HealthState;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** One line per event, for a pipe or a file. */
final class EventLines implements Display {
    private final PrintWriter out;
    private final Supplier<Duration> elapsed;
    private final Map<String, HealthState> states = new HashMap<>();

    /** @param elapsed the time stamp of a line */
    EventLines(PrintWriter out, Supplier<Duration> elapsed) {
        this.out = out;
        this.elapsed = elapsed;
    }

    @Override
    public synchronized void event(String sentence) {
        out.printf(Locale.ROOT, "%7.3fs %s%n", elapsed.get().toNanos() / 1e9, sentence);
        out.flush();
    }

    @Override
    public void story(String sentence) {
        event("story: " + sentence);
    }

    @Override
    public void verdict(DemoResult.Check check) {
        event((check.passed() ? "✔ " : "✘ ") + check.name() + ": " + check.detail());
    }

    @Override
    public synchronized void look(Scene scene) {
        for (CopyRow row : scene.copies()) {
            String copy = row.reader() + "'s copy of " + row.item();
            HealthState now = row.health().state();
            HealthState before = states.put(copy, now);
            if (before != now) {
                event("health: " + copy + (before == null ? " is " + now : " " + before + " → " + now) + because(row));
            }
        }
    }

    @Override
    public void summary(DemoResult result) {
        event("figures: " + Printed.figures(result.figures()));
        event(result.verdict());
    }

    private static String because(CopyRow row) {
        return switch (row.health().state()) {
            case LOADING, LIVE -> "";
            case GAP -> " in " + String.join(", ", row.health().gaps());
            case LATE, STALE -> ", " + Printed.age(row.health().age()) + " old";
        };
    }

    @Override
    public void close() {
        out.flush();
    }
}
