package dev.fairlead.planner;

import dev.fairlead.planner.formulas.StateNumbers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges what a plan amounts to once it is decided. */
final class StructureRules {
    private final Plan plan;
    private final Findings findings;
    private final Set<Map.Entry<String, String>> onCurrentValue = new HashSet<>();

    StructureRules(Plan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
        for (Need need : plan.needs()) {
            if (isOnCurrentState(need)) {
                onCurrentValue.add(Map.entry(need.reader(), need.item().owner()));
            }
        }
    }

    private boolean isOnCurrentState(Need need) {
        Duration within = need.within();
        return within != null && within.isZero() && isState(need);
    }

    private boolean isState(Need need) {
        return plan.item(need.item())
                .filter(share -> share.kind() == ItemKind.STATE)
                .isPresent();
    }

    void check(NeedCase need, Decision decision) {
        if (need.share().kind() == ItemKind.STATE) {
            if (decision.scenario() == Scenario.FEED) {
                checkBudgets(need, decision);
            }
            checkFreshness(decision);
            checkSearch(need, decision);
            checkInvariant(decision);
        }
    }

    void checkUse(Share share) {
        if (plan.needsOf(share.id()).isEmpty()
                && share.views().isEmpty()
                && share.terms().lifecycle() == Lifecycle.ACTIVE) {
            findings.note(
                    Rule.UNUSED_ITEM,
                    share.place(),
                    "nobody needs `" + share.id() + "` (add the need of its reader, or set lifecycle: draft)");
        }
    }

    private void checkFreshness(Decision decision) {
        Duration within = decision.need().within();
        Place place = decision.need().place();
        if (within == null) {
            findings.warning(
                    Rule.FRESHNESS_UNLIMITED,
                    place,
                    "`" + decision.reader() + "` does not say how old `" + decision.item()
                            + "` may be (add for example within: 60s)");
        } else if (within.isZero() && decision.scenario() == Scenario.FEED) {
            findings.warning(
                    Rule.FRESHNESS_UNMET,
                    place,
                    "`" + decision.reader() + "` wants the current value of `" + decision.item()
                            + "`, but a feed is always a little behind (take the pin away, or allow an age)");
        } else if (within.isZero() && decision.need().whenStale() == WhenStale.SERVE) {
            findings.warning(
                    Rule.FRESHNESS_UNMET,
                    place,
                    "`" + decision.reader() + "` wants the current value of `" + decision.item()
                            + "` and would serve an old one (take within: 0s away, or when-stale: serve)");
        }
    }

    /** Most mechanisms find a value at its owner by its key only; a view of the owner's is the last resort, and declared. */
    private void checkSearch(NeedCase asked, Decision decision) {
        Need need = decision.need();
        boolean isSearched = !need.load().by().isEmpty() && need.direct() == null;
        if (isSearched && decision.scenario() == Scenario.REQUEST && !asked.isFoundOn(decision.mechanism())) {
            findings.warning(
                    Rule.QUERY_TOO_WIDE,
                    need.place(),
                    "`" + need.reader() + "` looks `" + need.item() + "` up by "
                            + need.load().by().stream()
                                    .map(each -> "`" + each.text() + "`")
                                    .collect(Collectors.joining(", "))
                            + ", and can neither have a copy nor ask for that (G8: let sql carry it, which finds values by fields, or let"
                            + " the owner share the query as an item of kind request; as a last resort keep a view and say direct: view)");
        }
    }

    private void checkBudgets(NeedCase need, Decision decision) {
        Landscape.Budgets budgets = plan.landscape().budgets();
        StateNumbers numbers = need.inputs().numbers();
        Quantity copyMemory = budgets.copyMemory();
        if (copyMemory != null && need.exceedsMemory(numbers)) {
            overBudget(decision, "takes about " + Figures.bytes(numbers.copyBytes()) + " of memory", copyMemory.text());
        }
        Duration bootstrap = budgets.bootstrap();
        if (bootstrap != null && need.exceedsBootstrap(numbers)) {
            overBudget(
                    decision,
                    "takes about " + Figures.number(numbers.loadingSeconds()) + " s to load",
                    Words.of(bootstrap));
        }
    }

    private void overBudget(Decision decision, String takes, String budget) {
        findings.warning(
                Rule.COPY_OVER_BUDGET,
                decision.need().place(),
                "a copy of `" + decision.item() + "` " + takes + ", and the budget is " + budget
                        + " (share fewer keys, or raise the budget)");
    }

    /** Two services that each decide on what the other holds now keep one invariant between them. */
    private void checkInvariant(Decision decision) {
        String reader = decision.reader();
        String owner = decision.item().owner();
        if (isOnCurrentState(decision.need())
                && reader.compareTo(owner) < 0
                && onCurrentValue.contains(Map.entry(owner, reader))) {
            findings.warning(
                    Rule.SHARED_INVARIANT,
                    decision.need().place(),
                    "`" + reader + "` and `" + owner + "` each decide on the current value of what the other owns, so"
                            + " they keep one invariant between them (G3: make them one service, or let one own both)");
        }
    }
}
