package dev.fairlead.planner;

import dev.fairlead.planner.formulas.StateNumbers;
import dev.fairlead.planner.formulas.StateNumbers.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The numbers at which a need would be decided otherwise, each with all others unchanged.
 *
 * <p>Candidates are where a cost or a budget is just met; one is a flip only if the verdict is another beyond it. The distance of two
 * numbers is their ratio.
 */
final class Flips {
    private static final int SHOWN = 3;
    /** How far beyond a candidate the verdict is looked at: more than rounding, less than anybody could mean. */
    private static final double BEYOND = 1e-6;

    private record Candidate(Decision.Flip flip, double distance) {}

    private final NeedCase need;
    private final StateNumbers numbers;
    private final Scenario decided;
    private final List<Candidate> candidates = new ArrayList<>();

    private Flips(NeedCase need, Scenario decided) {
        this.need = need;
        this.numbers = need.inputs().numbers();
        this.decided = decided;
    }

    /** The three nearest, nearest first; none for an item whose kind leaves no choice. */
    static List<Decision.Flip> of(NeedCase need, Scenario decided) {
        return need.share().kind() == ItemKind.STATE ? new Flips(need, decided).nearest() : List.of();
    }

    private List<Decision.Flip> nearest() {
        for (Input input : Input.values()) {
            candidates(input).stream()
                    .flatMap(at -> flip(input, at).stream())
                    .min(Comparator.comparingDouble(Candidate::distance))
                    .ifPresent(candidates::add);
        }
        budgets();
        promise();
        if (numbers.within() == 0) {
            another(need.judged(numbers.with(Input.WITHIN, Double.MIN_NORMAL)))
                    .ifPresent(to -> candidates.add(new Candidate(new Decision.Flip("within", 0, 0, to), 0)));
        }
        return candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::distance))
                .limit(SHOWN)
                .map(Candidate::flip)
                .toList();
    }

    private List<Double> candidates(Input input) {
        List<Double> at = new ArrayList<>();
        numbers.breakEven(input).ifPresent(at::add);
        StateNumbers.Weights weights = numbers.weights();
        Quantity memory = need.landscape().budgets().copyMemory();
        Duration bootstrap = need.landscape().budgets().bootstrap();
        if (memory != null && input == Input.KEYS) {
            at.add(memory.high() / (numbers.copyBytes() / numbers.keys()));
        } else if (memory != null && input == Input.SIZE) {
            at.add((memory.high() / numbers.keys() - weights.entryOverhead()) / weights.heapFactor());
        }
        if (bootstrap != null && input == Input.KEYS) {
            at.add(Inputs.seconds(bootstrap) / (numbers.loadingSeconds() / numbers.keys()));
        } else if (bootstrap != null && input == Input.SIZE) {
            at.add(Inputs.seconds(bootstrap) * weights.loadingRate() / numbers.keys() - weights.recordOverhead());
        }
        return at;
    }

    private Optional<Candidate> flip(Input input, double at) {
        double now = numbers.of(input);
        if (!(at > 0) || now == 0) {
            return Optional.empty();
        }
        double beyond = at > now ? at * (1 + BEYOND) : at * (1 - BEYOND);
        return another(need.judged(numbers.with(input, beyond)))
                .map(to -> new Candidate(new Decision.Flip(Words.of(input), now, at, to), distance(now, at)));
    }

    /** The budget at which the copy just fits or just does not. */
    private void budgets() {
        Quantity memory = need.landscape().budgets().copyMemory();
        Duration bootstrap = need.landscape().budgets().bootstrap();
        if (numbers.within() == 0 || need.cannotErase()) {
            return;
        }
        boolean fitsMemory = !need.exceedsMemory(numbers);
        boolean fitsBootstrap = !need.exceedsBootstrap(numbers);
        if (memory != null && fitsBootstrap) {
            budget("budgets.copyMemory", memory.high(), numbers.copyBytes(), fitsMemory);
        }
        if (bootstrap != null && fitsMemory) {
            budget("budgets.bootstrap", Inputs.seconds(bootstrap), numbers.loadingSeconds(), fitsBootstrap);
        }
    }

    private void budget(String input, double budget, double needed, boolean fits) {
        Optional<Verdict> now = need.judged(numbers);
        Optional<Scenario> to = fits
                ? decided == Scenario.FEED && !need.fitting(Scenario.REQUEST).isEmpty()
                        ? Optional.of(Scenario.REQUEST)
                        : Optional.empty()
                : now.filter(Verdict::isOverBudget).flatMap(verdict -> another(Optional.of(need.affordable(numbers))));
        to.ifPresent(other -> candidates.add(
                new Candidate(new Decision.Flip(input, budget, needed, other), distance(budget, needed))));
    }

    /** The availability from which on the reader promises more than those it asks can give. */
    private void promise() {
        Double most = need.attainable();
        Optional<Verdict> now = need.judged(numbers);
        boolean isBroken =
                now.filter(verdict -> verdict.ground() == Ground.PROMISE).isPresent();
        if (most != null && isBroken && !numbers.isFeedCheaper()) {
            candidates.add(new Candidate(
                    new Decision.Flip("availability", Promises.of(need.reader()), most, Scenario.REQUEST),
                    distance(1 - Promises.of(need.reader()), 1 - most)));
        }
    }

    private Optional<Scenario> another(Optional<Verdict> verdict) {
        return verdict.map(Verdict::scenario).filter(scenario -> scenario != decided);
    }

    private static double distance(double now, double at) {
        return now == 0 ? Double.MAX_VALUE : Math.abs(Math.log(at / now));
    }
}
