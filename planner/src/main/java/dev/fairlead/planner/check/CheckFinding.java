package dev.fairlead.planner.check;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Severity;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a check found.
 *
 * @param change what changed and for whom; null for what is not about a change
 */
public record CheckFinding(Finding finding, @Nullable Change change) {
    /** The worst first, then by place. */
    public static final Comparator<CheckFinding> WORST_FIRST = Comparator.comparing(
                    (CheckFinding each) -> each.finding().severity())
            .thenComparing(each -> each.finding().place())
            .thenComparing(each -> each.finding().rule())
            .thenComparing(each -> each.finding().message());

    /** A finding that is not about a change. */
    public static CheckFinding of(Finding finding) {
        return new CheckFinding(finding, null);
    }

    /** Whether the gate stays shut. */
    public boolean isError() {
        return finding.severity() == Severity.ERROR;
    }
}
