package dev.fairlead.planner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides the needs of one plan: each by its facts, then those of one reader by its promise, then each item's mechanism. */
final class Decider {
    private final Plan plan;
    private final Carriers carriers;
    private final Findings findings = Findings.unlimited();
    private final Map<Map.Entry<ItemId, String>, Double> brokenPromises = new HashMap<>();

    Decider(Plan plan) {
        this.plan = plan;
        this.carriers = new Carriers(plan.landscape());
    }

    Decisions decide() {
        List<NeedCase> needs = cases();
        List<Decided> decided = Cores.of(needs).map(this::decided).toList();
        for (Decided each : decided) {
            if (each.decision() == null) {
                NothingFits.report(each.need(), findings);
            }
        }
        List<Decision> decisions =
                decided.stream().map(Decided::decision).filter(Objects::nonNull).toList();
        Ceilings ceilings = new CeilingRules(plan, decided, findings).ceilings();
        StructureRules rules = new StructureRules(plan, findings);
        for (Decided each : decided) {
            if (each.decision() != null) {
                rules.check(each.need(), each.decision());
            }
        }
        plan.items().forEach(rules::checkUse);
        needs.stream()
                .filter(need -> need.attainable() != null)
                .forEach(need -> brokenPromises.put(key(need.need()), need.attainable()));
        return new Decisions(decisions, ceilings, findings.sorted(), this);
    }

    /** A need with its decision; null when no mechanism can carry it. */
    record Decided(NeedCase need, @Nullable Decision decision) {}

    private Decided decided(NeedCase need) {
        return new Decided(
                need, need.verdict().map(verdict -> decision(need, verdict)).orElse(null));
    }

    Optional<Decision> vary(Share share, Need need) {
        NeedCase varied = new NeedCase(plan, share, need, reader(need), carriers);
        Double attainable = brokenPromises.get(key(need));
        if (attainable != null) {
            varied.promiseIsBroken(attainable);
        }
        return varied.verdict().map(verdict -> decision(varied, verdict));
    }

    private static Map.Entry<ItemId, String> key(Need need) {
        return Map.entry(need.item(), need.reader());
    }

    /** All needs with what is known before any is given a mechanism. */
    List<NeedCase> cases() {
        List<NeedCase> needs = Cores.of(plan.needs()).map(this::of).toList();
        Promises.check(plan, needs);
        needs.forEach(need -> need.verdict().ifPresent(verdict -> carriers.count(need, verdict.scenario())));
        return needs;
    }

    private NeedCase of(Need need) {
        Share share =
                plan.item(need.item()).orElseThrow(() -> new IllegalStateException("a plan has every needed item"));
        NeedCase found = new NeedCase(plan, share, need, reader(need), carriers);
        found.verdict();
        return found;
    }

    private ServicePlan reader(Need need) {
        return plan.service(need.reader()).orElseThrow(() -> new IllegalStateException("a plan has every reader"));
    }

    private Decision decision(NeedCase need, Verdict verdict) {
        String mechanism = carriers.choose(need, verdict.scenario()).name();
        return new Decision(
                need.need(),
                verdict.scenario(),
                mechanism,
                () -> grounds(need, verdict, mechanism),
                need.inputs().assumptions(),
                confidence(need, verdict),
                need.inputs()::cost);
    }

    private static Decision.Grounds grounds(NeedCase need, Verdict verdict, String mechanism) {
        Optional<Verdict> unpinned = need.judged(need.inputs().numbers());
        Reasons reasons = new Reasons(need, verdict, mechanism);
        return new Decision.Grounds(
                reasons.list(),
                unpinned.map(Verdict::ground).orElse(verdict.ground()).gate(),
                reasons.rejected(),
                Flips.of(need, unpinned.map(Verdict::scenario).orElse(verdict.scenario())));
    }

    private static Decision.Confidence confidence(NeedCase need, Verdict verdict) {
        boolean isClose =
                verdict.ground() == Ground.COST && need.inputs().numbers().margin() < 2;
        boolean isAgainst = verdict.ground() == Ground.PINNED
                && need.judged(need.inputs().numbers())
                        .filter(other -> other.scenario() != verdict.scenario())
                        .isPresent();
        boolean isGuessed = verdict.isOverBudget()
                && (need.inputs().isAssumed("keys") || need.inputs().isAssumed("size"));
        boolean isSplit = need.inputs().corners().stream()
                .map(need::judged)
                .anyMatch(other -> other.filter(corner -> corner.scenario() != verdict.scenario())
                        .isPresent());
        return isClose || isAgainst || isGuessed || isSplit ? Decision.Confidence.LOW : Decision.Confidence.HIGH;
    }
}
