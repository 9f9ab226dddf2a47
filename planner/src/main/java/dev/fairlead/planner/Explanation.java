package dev.fairlead.planner;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells one decision as a short text: what was decided and why, what was not, what would change it, what was assumed and what may be
 * expected of it. Lines have at most 100 characters where words allow it.
 */
public final class Explanation {
    private final ReportLines lines = new ReportLines();
    private final Plan plan;
    private final Decisions decisions;
    private final Decision decision;

    private Explanation(Plan plan, Decisions decisions, Decision decision) {
        this.plan = plan;
        this.decisions = decisions;
        this.decision = decision;
    }

    /** The text for one of the decisions of a plan. */
    public static String text(Plan plan, Decisions decisions, Decision decision) {
        return new Explanation(plan, decisions, decision).write();
    }

    private String write() {
        lines.line(decision.item() + " for " + decision.reader() + ": "
                + decision.scenario().word() + " on " + decision.mechanism() + ", confidence "
                + Words.of(decision.confidence()));
        String why = decision.need().why();
        each("need", List.of(why == null ? "not said" : Printable.escaped(why), facts()));
        Gate gate = decision.grounds().gate();
        each(
                "because",
                decision.grounds().reasons().stream().map(Printable::escaped).toList());
        each("gate", List.of(gate == null ? "none decides" : gate.name() + ": " + gate.words()));
        each(
                "not",
                decision.grounds().rejected().stream()
                        .map(each -> each.scenario().word() + " on " + each.mechanism() + ": " + each.why())
                        .toList());
        each("flips", flips());
        each("cost", List.of(cost()));
        each("expect", expected());
        each("assumed", List.of(assumed()));
        return lines.text();
    }

    private void each(String label, List<String> texts) {
        String shown = label;
        for (String text : texts) {
            lines.head(shown, text);
            shown = "";
        }
    }

    private String facts() {
        Need need = decision.need();
        Share share = Objects.requireNonNull(plan.item(need.item()).orElse(null));
        Duration within = need.within();
        String stale = need.whenStale() == null ? "" : ", when stale " + Words.of(need.whenStale());
        String read = "reads " + said(need.load().reads(), Defaults.READS);
        return switch (share.kind()) {
            case STATE ->
                read + ", " + (within == null ? "no limit of age" : "within " + Words.of(within)) + stale + "; "
                        + said(share.volume().keys(), Defaults.KEYS) + " keys of "
                        + said(share.volume().size(), Defaults.SIZE) + ", changes " + changes(share);
            case EVENT -> "changes " + changes(share);
            case REQUEST -> read;
        };
    }

    private static String changes(Share share) {
        return said(share.volume().changes(), Defaults.CHANGES);
    }

    /** What is reckoned with; what was assumed stands in a line of its own. */
    private static String said(@Nullable Quantity quantity, Quantity assumed) {
        return (quantity == null ? assumed : quantity).text();
    }

    private List<String> flips() {
        List<String> flips = decision.grounds().flips().stream()
                .map(flip -> flip.to().word() + (flip.at() >= flip.now() ? " above " : " below ") + flip.input() + " "
                        + Words.flip(flip.input(), flip.at()) + ", now " + Words.flip(flip.input(), flip.now()))
                .toList();
        return flips.isEmpty() ? List.of("no number changes it") : flips;
    }

    private String cost() {
        return decision.cost().figures().entrySet().stream()
                .map(figure -> Words.cost(figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(", "));
    }

    private List<String> expected() {
        return decisions.ceilings().needs().stream()
                .filter(each ->
                        each.item().equals(decision.item()) && each.reader().equals(decision.reader()))
                .map(this::expected)
                .toList();
    }

    private String expected(Ceilings.OfNeed need) {
        Ceilings.OfCopy copy = need.copy();
        String age = decision.scenario() == Scenario.EVENTS
                ? "an event arrives within " + Figures.number(need.ageSeconds() * 1e3) + " ms"
                : "what is read is up to " + Figures.number(need.ageSeconds()) + " s old, and current for "
                        + Words.percent(need.freshShare()) + " of the time";
        String slow = need.slowShare() == 0 ? "" : "; " + slow(need.slowShare());
        return copy == null
                ? age + slow
                : age + "; " + Figures.bytes(copy.memoryBytes()) + " of heap in each instance, loaded in "
                        + Figures.number(copy.bootstrapSeconds()) + " s";
    }

    private String slow(double share) {
        double lookups = perRequest();
        return lookups == 1
                ? Words.percent(share) + " of the calls are slow"
                : Words.percent(share) + " of the user requests, with " + Figures.number(lookups)
                        + " calls each, meet a slow one";
    }

    private double perRequest() {
        Quantity lookups = decision.need().load().perRequest();
        return (lookups == null ? Defaults.PER_REQUEST : lookups).middle();
    }

    private String assumed() {
        return decision.assumptions().isEmpty()
                ? "nothing"
                : decision.assumptions().stream()
                        .map(each -> each.input() + " " + each.value() + " (" + each.source() + ")")
                        .collect(Collectors.joining(", "));
    }
}
