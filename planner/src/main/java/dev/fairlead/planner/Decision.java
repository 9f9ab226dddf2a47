package dev.fairlead.planner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For one need: how the item reaches the reader, on what, and why.
 *
 * <p>Why, and what the options cost, is worked out when it is asked for, since of a large plan most is never read; it is the same whenever that is. Safe for any
 * thread.
 */
public final class Decision {
    private final Need need;
    private final Scenario scenario;
    private final String mechanism;
    private final List<Assumption> assumptions;
    private final Confidence confidence;
    private final Supplier<Cost> cost;
    private @Nullable Supplier<Grounds> unread;
    private @Nullable Grounds grounds;

    Decision(
            Need need,
            Scenario scenario,
            String mechanism,
            Supplier<Grounds> grounds,
            List<Assumption> assumptions,
            Confidence confidence,
            Supplier<Cost> cost) {
        this.need = need;
        this.scenario = scenario;
        this.mechanism = mechanism;
        this.unread = grounds;
        this.assumptions = List.copyOf(assumptions);
        this.confidence = confidence;
        this.cost = cost;
    }

    /** What was decided. */
    public Need need() {
        return need;
    }

    /** How the item reaches the reader. */
    public Scenario scenario() {
        return scenario;
    }

    /** What carries it. */
    public String mechanism() {
        return mechanism;
    }

    /** Why it was decided so. */
    public synchronized Grounds grounds() {
        Grounds known = grounds;
        if (known == null) {
            known = Objects.requireNonNull(unread).get();
            grounds = known;
            unread = null;
        }
        return known;
    }

    /** The inputs that the plan does not give as one number. */
    public List<Assumption> assumptions() {
        return assumptions;
    }

    /** How sure it is. */
    public Confidence confidence() {
        return confidence;
    }

    /** What the options cost. */
    public Cost cost() {
        return cost.get();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decision that
                && need.equals(that.need)
                && scenario == that.scenario
                && mechanism.equals(that.mechanism)
                && confidence == that.confidence
                && assumptions.equals(that.assumptions)
                && cost().equals(that.cost())
                && grounds().equals(that.grounds());
    }

    @Override
    public int hashCode() {
        return Objects.hash(need, scenario, mechanism);
    }

    @Override
    public String toString() {
        return need.item() + "@" + need.reader() + ": " + scenario.word() + " on " + mechanism;
    }

    /** The item. */
    public ItemId item() {
        return need.item();
    }

    /** The service that needs it. */
    public String reader() {
        return need.reader();
    }

    /**
     * Why it was decided so.
     *
     * @param gate the gate that decided, if one did
     * @param flips the numbers at which the decision would change, nearest first
     */
    public record Grounds(List<String> reasons, @Nullable Gate gate, List<Rejected> rejected, List<Flip> flips) {
        public Grounds {
            reasons = List.copyOf(reasons);
            rejected = List.copyOf(rejected);
            flips = List.copyOf(flips);
        }
    }

    /** An option that was not taken, and why. */
    public record Rejected(Scenario scenario, String mechanism, String why) {}

    /**
     * At which number of which input the decision would change, and to what, all other inputs unchanged.
     *
     * @param input its key in the plan, or in the landscape for a budget
     * @param now what was reckoned with
     * @param at in the base unit: pieces, per second, bytes, seconds or a share of one; 0 stands for anything above 0
     */
    public record Flip(String input, double now, double at, Scenario to) {}

    /** How sure the decision is. */
    public enum Confidence {
        /** A gate or the item's kind decides, or the cheaper side wins by a factor of two or more. */
        HIGH,
        /** It wins by less, the plan's choice goes against it, or the ends of a range are decided differently. */
        LOW
    }

    /** What the options cost, by figure; the unit is in the figure's name. */
    public record Cost(Map<String, Double> figures) {
        public Cost {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }
    }
}
