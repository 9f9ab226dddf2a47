package dev.fairlead.planner.check;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.ReportLines;
import dev.fairlead.planner.Severity;
import java.util.ArrayList;
import java.util.List;

/** Writes the findings of a check for people, the worst first, in lines of at most 100 characters where words allow it. */
public final class CheckReport {
    private final ReportLines lines = new ReportLines();

    private CheckReport() {}

    /** The whole report; {@code subject} says what was checked against what. */
    public static String text(String subject, List<CheckFinding> findings) {
        return new CheckReport().write(subject, findings);
    }

    private String write(String subject, List<CheckFinding> findings) {
        lines.line("Check: " + subject + "; " + counted(findings));
        findings.stream().sorted(CheckFinding.WORST_FIRST).forEach(this::finding);
        return lines.text();
    }

    private static String counted(List<CheckFinding> findings) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long number = findings.stream()
                    .filter(each -> each.finding().severity() == severity)
                    .count();
            if (number > 0) {
                counts.add(number + " " + severity.word() + (number == 1 ? "" : "s"));
            }
        }
        return counts.isEmpty() ? "nothing found" : String.join(", ", counts);
    }

    private void finding(CheckFinding each) {
        Finding finding = each.finding();
        lines.blank();
        lines.head(finding.severity().word(), finding.rule().id() + "  " + finding.place());
        lines.below(finding.message());
        Change change = each.change();
        if (change != null) {
            change(change);
        }
    }

    private void change(Change change) {
        lines.detail("change", change.text());
        if (!change.readers().isEmpty()) {
            lines.detail("readers", String.join(", ", change.readers()));
        }
        if (change.mode() != null) {
            lines.detail("mode", change.mode().word());
        }
        if (change.witness() != null) {
            lines.detail("witness", change.witness());
        }
        if (change.order() != null) {
            lines.detail("order", change.order());
        }
    }
}
