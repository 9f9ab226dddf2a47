package dev.fairlead.planner;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a decided plan for people: by service what it shares and needs, each decision with its reasons, then findings and
 * metrics. Lines are at most 100 characters where words allow it; the same plan gives the same text.
 */
public final class PlanReport {
    private final Plan plan;
    private final Decisions decisions;
    private final ReportLines lines = new ReportLines();

    private PlanReport(Plan plan, Decisions decisions) {
        this.plan = plan;
        this.decisions = decisions;
    }

    /** The whole report; {@code findings} are shown together with those of the decisions. */
    public static String text(Plan plan, Decisions decisions, List<Finding> findings) {
        return new PlanReport(plan, decisions).write(findings);
    }

    private String write(List<Finding> findings) {
        String landscape = plan.landscape().file();
        lines.line("Plan: " + count(plan.services().size(), "service") + ", "
                + count(plan.items().size(), "item") + ", " + count(plan.needs().size(), "need") + "; landscape: "
                + (landscape == null ? "none, so embedded is offered" : landscape));
        plan.services().forEach(this::service);
        findings(findings);
        new MetricsReport(lines).write(Metrics.of(plan, decisions));
        lines.blank();
        lines.line(
                "Assumed everywhere: 120 B around a pushed record, 2.5 bytes of heap for each byte of a copy and 80 B"
                        + " for each entry, 50 MB/s while loading.");
        return lines.text();
    }

    private void service(ServicePlan service) {
        lines.blank();
        String team = service.team().name();
        lines.line(service.name() + (team == null ? "" : "  (" + Printable.escaped(team) + ")"));
        service.shares().forEach(this::share);
        service.needs().forEach(this::need);
    }

    private void share(Share share) {
        lines.head("shares", share.id().toString());
        lines.detail("what", described(share.content()));
        lines.detail("volume", volume(share));
        lines.detail("readers", readers(share));
    }

    private String readers(Share share) {
        String readers = plan.needsOf(share.id()).stream().map(Need::reader).collect(Collectors.joining(", "));
        return readers.isEmpty() ? "none" : readers;
    }

    private static String described(Content content) {
        return switch (content) {
            case Content.State state ->
                "state by " + state.key() + ", " + count(state.fields().list().size(), "field");
            case Content.Events events ->
                "events by " + events.key() + ": "
                        + String.join(", ", events.events().keySet());
            case Content.Request request ->
                request.delivery() == Content.Delivery.GUARANTEED
                        ? "request, told one way"
                        : "request" + (request.idempotent() ? ", may be repeated" : "");
        };
    }

    private static String volume(Share share) {
        Volume volume = share.volume();
        boolean isState = share.kind() == ItemKind.STATE;
        String keys = isState ? shown("keys", volume.keys(), Defaults.KEYS) + ", " : "";
        String size = shown("size", volume.size(), Defaults.SIZE);
        String changes =
                share.kind() == ItemKind.REQUEST ? "" : ", " + shown("changes", volume.changes(), Defaults.CHANGES);
        var durability = share.terms().durability();
        return keys + size + changes + (durability == null ? "" : ", durability " + durability);
    }

    private static String shown(String input, @Nullable Quantity declared, Quantity assumed) {
        return declared == null ? input + " " + assumed.text() + " (assumed)" : input + " " + declared.text();
    }

    private void need(Need need) {
        decisions.of(need.item(), need.reader()).ifPresent(decision -> {
            lines.head(
                    "needs",
                    need.item() + "  ->  " + decision.scenario().word() + " on " + decision.mechanism()
                            + "  (confidence " + Words.of(decision.confidence()) + ")");
            String why = need.why();
            lines.detail("why", why == null ? "not said" : Printable.escaped(why));
            lines.detail("uses", need.usedNames().isEmpty() ? "all (assumed)" : String.join(", ", need.usedNames()));
            freshness(need);
            decision(decision);
        });
    }

    private void freshness(Need need) {
        StringBuilder text = new StringBuilder();
        if (need.within() != null) {
            text.append("within ").append(Words.of(need.within()));
        }
        if (need.whenStale() != null) {
            text.append(text.isEmpty() ? "" : ", ").append("when stale ").append(Words.of(need.whenStale()));
        }
        if (need.conflate() != null) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("at most one change per key in ")
                    .append(Words.of(need.conflate()));
        }
        if (!text.isEmpty()) {
            lines.detail("freshness", text.toString());
        }
    }

    private void decision(Decision decision) {
        Decision.Grounds grounds = decision.grounds();
        grounds.reasons().forEach(reason -> lines.detail("reason", Printable.escaped(reason)));
        if (grounds.gate() != null) {
            lines.detail("gate", grounds.gate().name());
        }
        for (Decision.Rejected rejected : grounds.rejected()) {
            lines.detail(
                    "rejected", rejected.scenario().word() + " on " + rejected.mechanism() + ": " + rejected.why());
        }
        lines.detail("cost", cost(decision.cost().figures()));
        if (!decision.assumptions().isEmpty()) {
            lines.detail(
                    "assumed",
                    decision.assumptions().stream()
                            .map(each -> each.input() + " " + each.value() + " (" + each.source() + ")")
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String cost(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(figure -> Words.cost(figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void findings(List<Finding> findings) {
        List<Finding> all = Stream.concat(findings.stream(), decisions.findings().stream())
                .sorted(Finding.ORDER)
                .toList();
        lines.blank();
        lines.line("Findings: " + (all.isEmpty() ? "none" : all.size()));
        for (Finding finding : all) {
            lines.head(finding.severity().word(), finding.rule().id() + "  " + finding.place());
            lines.below(finding.message());
        }
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
