package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Figures;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.ServicePlan;
import java.util.ArrayList;
import java.util.List;

/** A landscape whose services can only be released together and only work together. */
final class MonolithRule {
    private final Structure structure;
    private final Metrics metrics;
    private final Judgements judgements;

    MonolithRule(Structure structure, Metrics metrics, Judgements judgements) {
        this.structure = structure;
        this.metrics = metrics;
        this.judgements = judgements;
    }

    void check() {
        List<String> marks = marks();
        if (structure.services().size() >= Thresholds.SMALL_LANDSCAPE && marks.size() >= Thresholds.MONOLITH_MARKS) {
            judgements.warning(
                    Rule.DISTRIBUTED_MONOLITH,
                    worst(),
                    "the services can hardly be released or run apart: " + String.join("; ", marks)
                            + " (begin here: this service stops or binds the most others)");
        }
    }

    private List<String> marks() {
        List<String> marks = new ArrayList<>();
        Links links = structure.links();
        int waiting = links.count(Edge.Mode.SYNC);
        int edges = links.count();
        if (waiting > Thresholds.MOSTLY_WAITING * edges) {
            marks.add("in " + percent((double) waiting / edges) + " of the dependencies the reader waits");
        }
        double promised = mean(structure.services().stream()
                .map(service -> Structure.availability(service).middle())
                .toList());
        double allowed = mean(structure.services().stream()
                .map(service -> allowed(service.name()))
                .toList());
        if (allowed < promised) {
            marks.add("those who are waited for allow " + percent(allowed) + " on average, and " + percent(promised)
                    + " is promised");
        }
        double propagation = metrics.landscape().propagationCost();
        if (propagation > Thresholds.WIDE_PROPAGATION) {
            marks.add("a change can reach " + percent(propagation) + " of all pairs");
        }
        long bound = structure.items().stream()
                .filter(share -> structure.ofItem(share.id()).stream().anyMatch(this::isInLockStep))
                .count();
        if (bound > 0
                && bound >= Thresholds.MANY_IN_LOCK_STEP * structure.items().size()) {
            marks.add(bound + " of " + structure.items().size() + " items cannot be released without their readers");
        }
        long crowd = Stores.of(structure).largestCrowd();
        if (crowd >= Thresholds.CROWDED_STORE * structure.services().size()) {
            marks.add(crowd + " services use one database");
        }
        return marks;
    }

    /** What others allow a service, itself left out. */
    private double allowed(String name) {
        Metrics.OfService service = metrics.services().get(name);
        return service == null
                ? 1
                : service.availabilityCeiling()
                        / Structure.availability(structure.service(name)).middle();
    }

    /** Whether owner and reader wait for each other in some circle, or share a database. */
    private boolean isInLockStep(Dependency each) {
        boolean isCircle = structure.reach().isOneCycle(each.reader(), each.owner()) && each.isWaiting();
        return each.mode() == Edge.Mode.STORE || isCircle;
    }

    private Place worst() {
        ServicePlan worst = structure.services().getFirst();
        for (ServicePlan each : structure.services()) {
            worst = weight(each) > weight(worst) ? each : worst;
        }
        return worst.place();
    }

    private long weight(ServicePlan service) {
        Metrics.OfService of = metrics.services().get(service.name());
        return of == null ? 0 : 1_000_000L * of.outageRadius().size() + of.acs();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(1);
    }

    private static String percent(double share) {
        return Figures.number(share * 100) + "%";
    }
}
