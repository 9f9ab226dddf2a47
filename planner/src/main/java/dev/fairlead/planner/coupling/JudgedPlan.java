package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plan with all that is known of it.
 *
 * @param findings of reading, of deciding and of the structure, by file, line and column
 */
public record JudgedPlan(Plan plan, Decisions decisions, Metrics metrics, List<Finding> findings) {
    public JudgedPlan {
        findings = List.copyOf(findings);
    }

    /** Decides and judges a plan; {@code read} is what was found when it was read. The same plan gives the same. */
    public static JudgedPlan of(Plan plan, List<Finding> read) {
        return of(plan, Decisions.decide(plan), read);
    }

    /** Judges a plan as it was decided. */
    public static JudgedPlan of(Plan plan, Decisions decisions, List<Finding> read) {
        Structure structure = new Structure(plan, decisions);
        Metrics metrics = structure.metrics();
        Judgements judgements = new Judgements();
        new CycleRules(structure, judgements).check();
        new AskingRules(structure, judgements).check();
        new SharingRules(structure, judgements).check();
        new StoreRules(structure, judgements).check();
        new StabilityRules(structure, metrics, judgements).check();
        new MonolithRule(structure, metrics, judgements).check();
        List<Finding> all = Stream.of(read, decisions.findings(), judgements.sorted())
                .flatMap(List::stream)
                .sorted(Finding.ORDER)
                .distinct()
                .toList();
        return new JudgedPlan(plan, decisions, metrics, all);
    }

    /** Whether something must be put right. */
    public boolean isBad() {
        return findings.stream().anyMatch(each -> each.severity() == Severity.ERROR);
    }

    /** The findings of one severity. */
    public List<Finding> findings(Severity severity) {
        return findings.stream().filter(each -> each.severity() == severity).toList();
    }
}
