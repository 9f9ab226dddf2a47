package dev.fairlead.planner;

import dev.fairlead.spi.Capability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The mechanisms that a landscape offers, in its order, and which of them carries what.
 *
 * <p>The order is a preference. An item is one log, so a mechanism that can serve more of its readers goes before one that can serve
 * fewer. One that also finds what a reader asks for by fields serves that reader twice.
 */
final class Carriers {
    private final List<MechanismAbility> offered;
    private final Map<ItemId, Map<String, Integer>> served = new HashMap<>();

    Carriers(Landscape landscape) {
        this.offered = landscape.mechanisms().stream()
                .map(each -> MechanismAbility.of(each, landscape))
                .toList();
    }

    List<MechanismAbility> offered() {
        return offered;
    }

    String names() {
        return offered.isEmpty()
                ? "none"
                : offered.stream().map(MechanismAbility::name).collect(Collectors.joining(", "));
    }

    /** Counts, before any need is given a mechanism, which could serve it. */
    void count(NeedCase need, Scenario scenario) {
        Map<String, Integer> counts = served.computeIfAbsent(need.share().id(), item -> new HashMap<>());
        add(counts, need, scenario, 1);
    }

    private static void add(Map<String, Integer> counts, NeedCase need, Scenario scenario, int number) {
        need.fitting(scenario).forEach(each -> counts.merge(each.name(), number, Integer::sum));
        if (scenario == Scenario.REQUEST) {
            need.finding().forEach(each -> counts.merge(each.name(), number, Integer::sum));
        }
    }

    /** The best of those that fit. */
    MechanismAbility choose(NeedCase need, Scenario scenario) {
        return choose(need, scenario, served.getOrDefault(need.share().id(), Map.of()));
    }

    /** What it would have been had the plan not pinned this need. */
    MechanismAbility chooseUnpinned(NeedCase pinned, Scenario decided, Scenario scenario) {
        Map<String, Integer> counts =
                new HashMap<>(served.getOrDefault(pinned.share().id(), Map.of()));
        add(counts, pinned, decided, -1);
        add(counts, pinned.unpinned(), scenario, 1);
        return choose(pinned.unpinned(), scenario, counts);
    }

    /** Data about persons goes where it can be erased, if there is such a place. */
    private static MechanismAbility choose(NeedCase need, Scenario scenario, Map<String, Integer> served) {
        List<MechanismAbility> fitting = need.fitting(scenario);
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        List<MechanismAbility> ordered = new ArrayList<>(fitting);
        ordered.sort(Comparator.comparingInt(each -> -served.getOrDefault(each.name(), 0)));
        boolean isHeld = scenario == Scenario.FEED && !need.aboutPersons().isEmpty();
        for (MechanismAbility each : ordered) {
            if (!isHeld || each.capabilities().contains(Capability.ERASE)) {
                return each;
            }
        }
        return ordered.getFirst();
    }
}
