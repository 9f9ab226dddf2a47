package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Severity;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the numbers of a plan that its baseline holds. */
final class Measuring {
    static final String SERVICES = HeldMeasure.SIZE.prefix() + "services";
    static final String NEEDS = HeldMeasure.SIZE.prefix() + "needs";

    private final JudgedPlan judged;
    private final Map<Place, String> subjects = new HashMap<>();
    private final SortedMap<String, Double> measures = new TreeMap<>();

    Measuring(JudgedPlan judged) {
        this.judged = judged;
        for (ServicePlan service : judged.plan().services()) {
            subjects.put(service.place(), service.name());
            service.shares()
                    .forEach(share -> subjects.put(
                            share.place(),
                            service.name() + " shares " + share.id().name()));
            service.needs().forEach(this::name);
        }
    }

    private void name(Need need) {
        String subject = need.reader() + " needs " + need.item();
        subjects.put(need.place(), subject);
        need.uses().forEach(use -> subjects.put(use.place(), subject));
        if (need.pin() != null) {
            subjects.put(need.pin().place(), subject);
        }
        if (need.direct() != null) {
            subjects.put(need.direct().place(), subject);
        }
    }

    SortedMap<String, Double> all() {
        judged.findings(Severity.WARNING)
                .forEach(each -> measures.merge(
                        HeldMeasure.WARNING.prefix() + each.rule().id() + " " + subject(each), 1.0, Double::sum));
        judged.metrics().services().forEach(this::ceiling);
        measures.put(SERVICES, (double) judged.plan().services().size());
        measures.put(NEEDS, (double) judged.plan().needs().size());
        Metrics.OfLandscape all = judged.metrics().landscape();
        put(HeldMeasure.SIY, all.siy());
        put(HeldMeasure.NCCD, all.nccd());
        put(HeldMeasure.PROPAGATION_COST, all.propagationCost());
        put(HeldMeasure.LONGEST_SYNC_CHAIN, all.longestSyncChain());
        put(HeldMeasure.ACU, all.acu());
        put(HeldMeasure.SDB, all.sdb());
        return measures;
    }

    /** Only of a service that waits for another: alone, its ceiling is what it promises. */
    private void ceiling(String name, Metrics.OfService of) {
        boolean isAlone = judged.plan()
                .service(name)
                .filter(service -> Structure.availability(service).middle() <= of.availabilityCeiling())
                .isPresent();
        if (!isAlone) {
            measures.put(HeldMeasure.CEILING.prefix() + name, HeldMeasure.CEILING.rounded(of.availabilityCeiling()));
        }
    }

    private void put(HeldMeasure measure, double value) {
        measures.put(measure.prefix(), measure.rounded(value));
    }

    private String subject(Finding finding) {
        return subjects.getOrDefault(finding.place(), "landscape");
    }
}
