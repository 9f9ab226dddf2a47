package dev.fairlead.planner;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The mechanisms that a landscape offers, in its order, and which of them carries what.
 *
 * <p>The order is a preference. An item is one log, so a mechanism that can serve more of its readers goes before one that can serve
 * fewer.
 */
final class Carriers {
    private final List<MechanismAbility> offered;
    private final Map<ItemId, List<MechanismAbility>> preferred = new HashMap<>();

    Carriers(Landscape landscape) {
        this.offered = landscape.mechanisms().stream().map(MechanismAbility::of).toList();
    }

    List<MechanismAbility> offered() {
        return offered;
    }

    String names() {
        return offered.isEmpty()
                ? "none"
                : offered.stream().map(MechanismAbility::name).collect(Collectors.joining(", "));
    }

    /** Looks at all needs of an item, each with its verdict, before any is given a mechanism. */
    void prefer(ItemId item, Map<NeedCase, Scenario> needs) {
        Map<String, Integer> served = new HashMap<>();
        needs.forEach((need, scenario) ->
                need.fitting(scenario).forEach(mechanism -> served.merge(mechanism.name(), 1, Integer::sum)));
        preferred.put(
                item,
                offered.stream()
                        .sorted(Comparator.comparing(each -> -served.getOrDefault(each.name(), 0)))
                        .toList());
    }

    /** Whether one mechanism goes before another for the item. */
    List<MechanismAbility> preferred(ItemId item) {
        return preferred.getOrDefault(item, offered);
    }

    /** The best of those that fit; data about persons goes where it can be erased if there is such a place. */
    MechanismAbility choose(NeedCase need, Scenario scenario) {
        List<MechanismAbility> fitting = need.fitting(scenario);
        List<MechanismAbility> ordered =
                preferred(need.share().id()).stream().filter(fitting::contains).toList();
        boolean isHeld = scenario == Scenario.FEED && !need.aboutPersons().isEmpty();
        return ordered.stream()
                .filter(each -> !isHeld || each.capabilities().contains(dev.fairlead.spi.Capability.ERASE))
                .findFirst()
                .orElseGet(ordered::getFirst);
    }
}
