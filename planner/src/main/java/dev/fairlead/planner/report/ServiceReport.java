package dev.fairlead.planner.report;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service with what was decided for it and what is to be said against it, for reports that go by service.
 *
 * @param decisions in the order of its needs
 * @param numbers how many findings there are of each severity
 */
record ServiceReport(
        ServicePlan service, List<Decision> decisions, List<Finding> findings, Map<Severity, Integer> numbers) {
    private static final Comparator<ServiceReport> WORST_FIRST = Comparator.<ServiceReport>comparingInt(
                    each -> -each.number(Severity.ERROR))
            .thenComparingInt(each -> -each.number(Severity.WARNING))
            .thenComparingInt(each -> -each.number(Severity.NOTE))
            .thenComparing(each -> each.service().name());

    private static ServiceReport of(ServicePlan service, List<Decision> decisions, List<Finding> findings) {
        Map<Severity, Integer> numbers = new EnumMap<>(Severity.class);
        findings.forEach(each -> numbers.merge(each.severity(), 1, Integer::sum));
        return new ServiceReport(service, decisions, worstFirst(findings), numbers);
    }

    /** All services, those with the most errors first, then by warnings, notes and name. */
    static List<ServiceReport> worstFirst(JudgedPlan judged) {
        Map<String, List<Decision>> decisions = new HashMap<>();
        judged.decisions()
                .list()
                .forEach(each -> decisions
                        .computeIfAbsent(each.reader(), reader -> new ArrayList<>())
                        .add(each));
        Map<String, List<Finding>> findings = new HashMap<>();
        judged.findings()
                .forEach(each -> findings.computeIfAbsent(each.place().file(), file -> new ArrayList<>())
                        .add(each));
        return judged.plan().services().stream()
                .map(service -> of(
                        service,
                        decisions.getOrDefault(service.name(), List.of()),
                        findings.getOrDefault(service.place().file(), List.of())))
                .sorted(WORST_FIRST)
                .toList();
    }

    private static List<Finding> worstFirst(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding.ORDER))
                .toList();
    }

    /** The findings that no service's file has. */
    static List<Finding> elsewhere(JudgedPlan judged) {
        Set<String> files = new HashSet<>();
        judged.plan().services().forEach(service -> files.add(service.place().file()));
        return judged.findings().stream()
                .filter(each -> !files.contains(each.place().file()))
                .toList();
    }

    int number(Severity severity) {
        return numbers.getOrDefault(severity, 0);
    }

    /** The worst that was found, or null when nothing was. */
    @Nullable
    Severity worst() {
        return findings.stream()
                .map(Finding::severity)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The decision on one of the service's needs. */
    @Nullable
    Decision of(Need need) {
        return decisions.stream()
                .filter(each -> each.item().equals(need.item()))
                .findFirst()
                .orElse(null);
    }
}
