package dev.fairlead.planner.report;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Printable;
import dev.fairlead.planner.ReportLines;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.Words;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a judged plan for a terminal: by service, the worst first, what is to be said against it and what it shares and needs,
 * each decision with its reasons; then metrics. Lines are at most 100 characters where words allow it; the same plan gives the
 * same text. A landscape of very many needs has a line for each.
 */
public final class TextReport {
    /** Of more needs nobody reads every reason: each decision gets one line, and so does each item. */
    private static final int MOST_EXPLAINED = 2_000;

    private final JudgedPlan judged;
    private final ReportLines lines = new ReportLines();
    private final boolean isBrief;

    private TextReport(JudgedPlan judged) {
        this.judged = judged;
        this.isBrief = judged.plan().needs().size() > MOST_EXPLAINED;
    }

    /** The whole report. */
    public static String of(JudgedPlan judged) {
        return new TextReport(judged).write();
    }

    private String write() {
        Plan plan = judged.plan();
        String landscape = plan.landscape().file();
        lines.line("Plan: " + Wording.count(plan.services().size(), "service") + ", "
                + Wording.count(plan.items().size(), "item") + ", "
                + Wording.count(plan.needs().size(), "need") + "; landscape: "
                + (landscape == null ? "none, so embedded is offered" : landscape));
        lines.line("Findings: " + Wording.counts(judged.findings()));
        if (isBrief) {
            lines.line(
                    "A line for each decision, since there are many; `--explain ITEM@SERVICE` gives the reasons of one,"
                            + " `--format json` those of all.");
        }
        ServiceReport.worstFirst(judged).forEach(this::service);
        List<Finding> elsewhere = ServiceReport.elsewhere(judged);
        if (!elsewhere.isEmpty()) {
            lines.blank();
            lines.line("The landscape");
            elsewhere.forEach(this::finding);
        }
        new MetricsReport(lines).write(judged.metrics());
        lines.blank();
        lines.line(
                "Assumed everywhere: 120 B around a pushed record, 2.5 bytes of heap for each byte of a copy and 80 B"
                        + " for each entry, 50 MB/s while loading.");
        return lines.text();
    }

    private void service(ServiceReport report) {
        lines.blank();
        String team = report.service().team().name();
        String found = report.findings().isEmpty() ? "" : "  " + Wording.counts(report.findings());
        lines.line(report.service().name() + (team == null ? "" : "  (" + Printable.escaped(team) + ")") + found);
        report.findings().forEach(this::finding);
        report.service().shares().forEach(this::share);
        report.decisions().forEach(this::need);
    }

    private void finding(Finding finding) {
        lines.head(finding.severity().word(), finding.rule().id() + "  " + finding.place());
        lines.below(finding.message());
    }

    private void share(Share share) {
        if (isBrief) {
            int count = judged.plan().needsOf(share.id()).size();
            lines.row("  shares   " + share.id() + ", which " + Wording.count(count, "service") + " read"
                    + (count == 1 ? "s" : ""));
            return;
        }
        lines.head("shares", share.id().toString());
        lines.detail("what", Wording.described(share.content()));
        lines.detail("volume", Wording.volume(share));
        List<Need> needs = judged.plan().needsOf(share.id());
        lines.detail(
                "readers",
                needs.isEmpty() ? "none" : needs.stream().map(Need::reader).collect(Collectors.joining(", ")));
        share.views().forEach(view -> lines.detail("exposed", Wording.exposed(view)));
        if (!share.terms().alsoWrittenBy().isEmpty()) {
            lines.detail(
                    "written by",
                    share.terms().alsoWrittenBy().stream()
                            .map(each -> Printable.escaped(each.text()))
                            .collect(Collectors.joining(", ", "its owner and ", "")));
        }
    }

    private void need(Decision decision) {
        Need need = decision.need();
        if (isBrief) {
            lines.row("  needs    " + need.item() + "  ->  " + Wording.verdict(decision) + "  (confidence "
                    + Words.of(decision.confidence()) + ")");
            return;
        }
        lines.head(
                "needs",
                need.item() + "  ->  " + Wording.verdict(decision) + "  (confidence " + Words.of(decision.confidence())
                        + ")");
        lines.detail("why", Wording.why(need));
        lines.detail("uses", Wording.uses(need));
        String freshness = Wording.freshness(need);
        if (!freshness.isEmpty()) {
            lines.detail("freshness", freshness);
        }
        Need.Direct direct = need.direct();
        if (direct != null) {
            lines.detail(
                    "today",
                    "reads the owner's " + Words.of(direct.store()) + ": " + Printable.escaped(direct.because()));
        }
        grounds(decision);
    }

    private void grounds(Decision decision) {
        Decision.Grounds grounds = decision.grounds();
        grounds.reasons().forEach(reason -> lines.detail("reason", Printable.escaped(reason)));
        if (grounds.gate() != null) {
            lines.detail("gate", grounds.gate().name());
        }
        grounds.rejected().forEach(each -> lines.detail("rejected", Wording.rejected(each)));
        grounds.flips().forEach(each -> lines.detail("flips", Wording.flip(each)));
        lines.detail("cost", Wording.cost(decision));
        if (!decision.assumptions().isEmpty()) {
            lines.detail("assumed", Wording.assumed(decision));
        }
    }
}
