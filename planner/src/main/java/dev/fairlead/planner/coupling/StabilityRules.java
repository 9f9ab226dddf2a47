package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Figures;
import dev.fairlead.planner.Rule;
import java.util.Objects;

/** Where a change, or its fear, comes from: services through which much goes, and those that wait for what is less stable than they are. */
final class StabilityRules {
    private final Structure structure;
    private final Metrics metrics;
    private final Judgements judgements;

    StabilityRules(Structure structure, Metrics metrics, Judgements judgements) {
        this.structure = structure;
        this.metrics = metrics;
        this.judgements = judgements;
    }

    void check() {
        double limit = limit();
        metrics.services().forEach((name, of) -> {
            if (of.acs() > limit && isHub(of)) {
                hub(name, of);
            }
            if (of.ais() >= Thresholds.MANY) {
                structure.firstsOf(name).keySet().forEach(owner -> depends(name, of, owner));
            }
        });
    }

    /** What the products of readers and owners seldom exceed. */
    private double limit() {
        double[] all = metrics.services().values().stream()
                .mapToDouble(Metrics.OfService::acs)
                .toArray();
        double sum = 0;
        double squares = 0;
        for (double each : all) {
            sum += each;
            squares += each * each;
        }
        double mean = all.length == 0 ? 0 : sum / all.length;
        double variance = all.length == 0 ? 0 : squares / all.length - mean * mean;
        return mean + Thresholds.OUTLIER * Math.sqrt(Math.max(0, variance));
    }

    private static boolean isHub(Metrics.OfService of) {
        return of.ads() >= Thresholds.MANY
                && of.ais() >= Thresholds.MANY
                && of.rcs() > Thresholds.HUB
                && of.ris() > Thresholds.HUB;
    }

    private void hub(String name, Metrics.OfService of) {
        judgements.note(
                Rule.HUB,
                structure.service(name).place(),
                "`" + name + "` reads from " + of.ads() + " services, and " + of.ais()
                        + " read from it, so that most changes go through it"
                        + " (let readers need the source where it only passes on, or split it by who reads what)");
    }

    /** Not of services that wait for each other, which is told as a circle. */
    private void depends(String reader, Metrics.OfService of, String owner) {
        Metrics.OfService other = Objects.requireNonNull(metrics.services().get(owner));
        boolean isLessStable = other.instability() - of.instability() > Thresholds.LESS_STABLE;
        if (!isLessStable || structure.asking().isOneCycle(reader, owner)) {
            return;
        }
        structure.ofReader(reader).stream()
                .filter(each -> each.owner().equals(owner) && each.isWaiting())
                .findFirst()
                .ifPresent(each -> judgements.note(
                        Rule.UNSTABLE_DEPENDENCY,
                        each.need().place(),
                        "`" + reader + "`, which " + of.ais() + " services read from, waits for `" + owner
                                + "`, which changes with " + other.ads() + " others (instability "
                                + Figures.number(of.instability()) + " and " + Figures.number(other.instability())
                                + "; keep a copy of what it asks for, or let `" + owner + "` depend on fewer)"));
    }
}
