package dev.fairlead.planner.coupling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * How a plan has moved from its baseline.
 *
 * @param worse what is worse than it was, each with both numbers and the difference
 * @param better what is better than it was
 */
public record Drift(List<String> worse, List<String> better) {
    public Drift {
        worse = List.copyOf(worse);
        better = List.copyOf(better);
    }

    /** From how it stood to how it stands; what neither knows is 0, but a service that is new has no ceiling to lose. */
    public static Drift between(Baseline before, Baseline now) {
        List<String> worse = new ArrayList<>();
        List<String> better = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.measures().keySet());
        names.addAll(now.measures().keySet());
        for (String name : names) {
            Measure measure = Measure.of(name);
            Double was = before.measures().get(name);
            Double is = now.measures().get(name);
            if (measure == Measure.CEILING && (was == null || is == null)) {
                continue;
            }
            double from = was == null ? 0 : was;
            double to = is == null ? 0 : is;
            if (measure.isWorse(to, from)) {
                worse.add(told(name, measure, from, to));
            } else if (measure.isWorse(from, to)) {
                better.add(told(name, measure, from, to));
            }
        }
        return new Drift(worse, better);
    }

    private static String told(String name, Measure measure, double from, double to) {
        if (measure == Measure.WARNING && from == 0) {
            return "new " + name;
        }
        if (measure == Measure.WARNING && to == 0) {
            return "gone: " + name;
        }
        return name + ": " + measure.written(from) + " -> " + measure.written(to) + " (by "
                + (to > from ? "+" : "")
                + String.format(Locale.ROOT, "%s", measure.written(to - from)) + ")";
    }
}
