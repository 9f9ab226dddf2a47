package dev.fairlead.planner;

import dev.fairlead.planner.formulas.StateNumbers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided on the needs of a plan if some of their numbers were others, all else unchanged.
 *
 * <p>The numbers are those of a state item and its reader, since no number changes how events and requests are carried. Other needs
 * stay as they were decided. Reading the plan's own numbers gives the plan's own decision. For one thread.
 */
public final class Alternatives {
    private final Map<ItemId, Map<String, NeedCase>> cases = new HashMap<>();

    /** Of the needs of this plan. */
    public Alternatives(Plan plan) {
        for (NeedCase each : new Decider(plan).cases()) {
            cases.computeIfAbsent(each.need().item(), item -> new HashMap<>())
                    .put(each.need().reader(), each);
        }
    }

    /**
     * One decision on other numbers, in brief.
     *
     * @param gate the gate that decided, if one did
     */
    public record Outcome(
            Scenario scenario, String mechanism, @Nullable Gate gate, Decision.Confidence confidence) {}

    /** What would be decided with each of these numbers as many times as great; empty when nothing could carry it. */
    public Optional<Outcome> of(ItemId item, String reader, Map<StateNumbers.Input, Double> factors) {
        NeedCase need = cases.getOrDefault(item, Map.of()).get(reader);
        if (need == null) {
            return Optional.empty();
        }
        StateNumbers numbers = need.inputs().numbers();
        for (Map.Entry<StateNumbers.Input, Double> factor : factors.entrySet()) {
            numbers = numbers.with(factor.getKey(), numbers.of(factor.getKey()) * factor.getValue());
        }
        return outcome(need, numbers);
    }

    private static Optional<Outcome> outcome(NeedCase need, StateNumbers numbers) {
        Need.Pin pin = need.need().pin();
        boolean isPinned = pin != null && pin.scenario() != null;
        Optional<Verdict> judged = need.judged(numbers);
        Optional<Verdict> verdict = isPinned ? need.verdict() : judged;
        boolean isClose = judged.filter(each -> each.ground() == Ground.COST).isPresent() && numbers.margin() < 2;
        return verdict.map(each -> new Outcome(
                each.scenario(),
                need.carriers().choose(need, each.scenario()).name(),
                judged.orElse(each).ground().gate(),
                isClose ? Decision.Confidence.LOW : Decision.Confidence.HIGH));
    }
}
