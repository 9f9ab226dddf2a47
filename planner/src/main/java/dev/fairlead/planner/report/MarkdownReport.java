package dev.fairlead.planner.report;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Printable;
import dev.fairlead.planner.Words;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.coupling.Metrics;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a judged plan as Markdown for a pull request: findings first, the worst on top, then decisions with one reason each, the
 * picture, and the metrics folded away. Text from plan files cannot format, link, mention or bring in HTML.
 */
public final class MarkdownReport {
    private static final Pattern SPECIAL = Pattern.compile("([\\\\`*_{}\\[\\]()#+!|~-])");
    private static final Pattern NAME = Pattern.compile("\\\\`([a-zA-Z0-9.: ]|\\\\[-_])+\\\\`");

    private final JudgedPlan judged;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(JudgedPlan judged) {
        this.judged = judged;
    }

    /** The whole report. */
    public static String of(JudgedPlan judged) {
        return new MarkdownReport(judged).write();
    }

    private String write() {
        Plan plan = judged.plan();
        line("## Plan: " + Wording.count(plan.services().size(), "service") + ", "
                + Wording.count(plan.items().size(), "item") + ", "
                + Wording.count(plan.needs().size(), "need"));
        line("");
        line("**Findings: " + Wording.counts(judged.findings()) + "**");
        line("");
        findings();
        decisions();
        line("### Landscape");
        line("");
        line("```mermaid");
        text.append(MermaidReport.of(judged));
        line("```");
        line("");
        metrics();
        return text.toString();
    }

    private void findings() {
        if (judged.findings().isEmpty()) {
            return;
        }
        row("", "Rule", "Where", "What");
        row("---", "---", "---", "---");
        ServiceReport.worstFirst(judged).forEach(service -> service.findings().forEach(this::finding));
        ServiceReport.elsewhere(judged).forEach(this::finding);
        line("");
    }

    private void finding(Finding finding) {
        row(
                finding.severity().word(),
                "`" + finding.rule().id() + "`",
                escaped(finding.place().toString()),
                escaped(finding.message()));
    }

    private void decisions() {
        line("### Decisions");
        line("");
        row("Item", "Reader", "Decision", "Confidence", "Because");
        row("---", "---", "---", "---", "---");
        for (ServiceReport service : ServiceReport.worstFirst(judged)) {
            for (Decision each : service.decisions()) {
                row(
                        "`" + each.item() + "`",
                        "`" + each.reader() + "`",
                        "**" + each.scenario().word() + "** on " + each.mechanism(),
                        Words.of(each.confidence()),
                        escaped(Wording.because(each)));
            }
        }
        line("");
    }

    private void metrics() {
        Metrics.OfLandscape all = judged.metrics().landscape();
        line("<details><summary>Metrics: longest chain of calls " + all.longestSyncChain() + ", mutual pairs "
                + all.siy()
                + ", propagation cost " + fixed(all.propagationCost()) + ", nccd " + fixed(all.nccd()) + ", acu "
                + fixed(all.acu()) + "</summary>");
        line("");
        row("Service", "ads", "ais", "acs", "instability", "ceiling", "stops with it");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:");
        judged.metrics()
                .services()
                .forEach((name, of) -> row(
                        "`" + name + "`",
                        Integer.toString(of.ads()),
                        Integer.toString(of.ais()),
                        Integer.toString(of.acs()),
                        fixed(of.instability()),
                        Words.percent(of.availabilityCeiling()),
                        Integer.toString(of.outageRadius().size())));
        line("");
        line("</details>");
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String fixed(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Text as text; only names in back quotes, as our own messages have them, stay code. */
    static String escaped(String text) {
        String plain = SPECIAL.matcher(Printable.escaped(text))
                .replaceAll("\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("://", ":&#47;&#47;");
        return NAME.matcher(plain)
                .replaceAll(name -> Matcher.quoteReplacement(name.group().replace("\\", "")));
    }
}
