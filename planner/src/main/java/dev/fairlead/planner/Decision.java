package dev.fairlead.planner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For one need: how the item reaches the reader, on what, and why. */
public record Decision(
        Need need,
        Scenario scenario,
        String mechanism,
        Grounds grounds,
        List<Assumption> assumptions,
        Confidence confidence,
        Cost cost) {
    public Decision {
        assumptions = List.copyOf(assumptions);
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
