package dev.fairlead.planner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading plan files.
 *
 * @param plan null when there is an input error among the findings
 * @param findings by file, line and column
 */
public record PlanResult(@Nullable Plan plan, List<Finding> findings) {
    public PlanResult {
        findings = List.copyOf(findings);
    }

    /** The faults because of which there is no plan. */
    public List<Finding> inputErrors() {
        return findings.stream().filter(Finding::isInputError).toList();
    }
}
