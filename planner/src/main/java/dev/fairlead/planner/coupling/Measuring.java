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
                        Measure.WARNING.prefix() + each.rule().id() + " " + subject(each), 1.0, Double::sum));
        judged.metrics().services().forEach(this::ceiling);
        Metrics.OfLandscape all = judged.metrics().landscape();
        put(Measure.SIY, all.siy());
        put(Measure.NCCD, all.nccd());
        put(Measure.PROPAGATION_COST, all.propagationCost());
        put(Measure.LONGEST_SYNC_CHAIN, all.longestSyncChain());
        put(Measure.ACU, all.acu());
        put(Measure.SDB, all.sdb());
        return measures;
    }

    /** Only of a service that waits for another: alone, its ceiling is what it promises. */
    private void ceiling(String name, Metrics.OfService of) {
        boolean isAlone = judged.plan()
                .service(name)
                .filter(service -> Structure.availability(service).middle() <= of.availabilityCeiling())
                .isPresent();
        if (!isAlone) {
            measures.put(Measure.CEILING.prefix() + name, Measure.CEILING.rounded(of.availabilityCeiling()));
        }
    }

    private void put(Measure measure, double value) {
        measures.put(measure.prefix(), measure.rounded(value));
    }

    private String subject(Finding finding) {
        return subjects.getOrDefault(finding.place(), "landscape");
    }
}
