package dev.fairlead.planner;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges what a plan amounts to once it is decided. */
final class StructureRules {
    private StructureRules() {}

    static void check(Plan plan, Decision decision, Findings findings) {
        if (decision.scenario() != Scenario.FEED) {
            return;
        }
        checkFreshness(decision, findings);
        boolean isDeclared = decision.assumptions().stream()
                .noneMatch(each -> each.input().equals("keys") || each.input().equals("size"));
        if (isDeclared) {
            checkBudgets(plan.landscape().budgets(), decision, findings);
        }
    }

    static void checkUse(Plan plan, Share share, Findings findings) {
        if (plan.needsOf(share.id()).isEmpty() && share.terms().lifecycle() == Lifecycle.ACTIVE) {
            findings.note(
                    Rule.UNUSED_ITEM,
                    share.place(),
                    "nobody needs `" + share.id() + "` (add the need of its reader, or set lifecycle: draft)");
        }
    }

    private static void checkFreshness(Decision decision, Findings findings) {
        Duration within = decision.need().within();
        Place place = decision.need().place();
        if (within == null) {
            findings.warning(
                    Rule.FRESHNESS_UNLIMITED,
                    place,
                    "`" + decision.reader() + "` does not say how old `" + decision.item()
                            + "` may be (add for example within: 60s)");
        } else if (within.isZero()) {
            findings.warning(
                    Rule.FRESHNESS_UNMET,
                    place,
                    "`" + decision.reader() + "` wants the current value of `" + decision.item()
                            + "`, but a feed is always a little behind (share a request for it, or allow an age)");
        }
    }

    private static void checkBudgets(Landscape.Budgets budgets, Decision decision, Findings findings) {
        Map<String, Double> figures = decision.cost().figures();
        double memory = figures.getOrDefault("memoryBytesPerInstance", 0.0);
        double seconds = figures.getOrDefault("bootstrapSeconds", 0.0);
        Quantity copyMemory = budgets.copyMemory();
        if (copyMemory != null && memory > copyMemory.high()) {
            overBudget(decision, "takes about " + Figures.bytes(memory) + " of memory", copyMemory.text(), findings);
        }
        Double bootstrap = seconds(budgets.bootstrap());
        if (bootstrap != null && seconds > bootstrap) {
            overBudget(
                    decision,
                    "takes about " + Figures.number(seconds) + " s to load",
                    Figures.number(bootstrap) + " s",
                    findings);
        }
    }

    private static void overBudget(Decision decision, String takes, String budget, Findings findings) {
        findings.warning(
                Rule.COPY_OVER_BUDGET,
                decision.need().place(),
                "a copy of `" + decision.item() + "` " + takes + ", and the budget is " + budget
                        + " (share fewer keys, or raise the budget)");
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1e3;
    }
}
