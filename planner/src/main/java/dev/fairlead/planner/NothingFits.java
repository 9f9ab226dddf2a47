package dev.fairlead.planner;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of a need that no offered mechanism can carry, what is missing and what to do. */
final class NothingFits {
    private NothingFits() {}

    static void report(NeedCase need, Findings findings) {
        Need.Pin pin = need.need().pin();
        String pinned = pin == null ? null : pin.mechanism();
        if (pin != null && pinned != null && !isOffered(need, pinned)) {
            findings.error(
                    Rule.NO_FITTING_MECHANISM,
                    pin.place(),
                    "the landscape does not offer the pinned mechanism `" + pinned + "` (it offers "
                            + need.carriers().names() + "; add it there, or pin another)");
            return;
        }
        Scenario scenario = pin != null && pin.scenario() != null
                ? pin.scenario()
                : need.wanted(need.inputs().numbers()).scenario();
        Demand demand = Demand.of(need.share(), need.need(), scenario);
        String lacks = need.carriers().offered().stream()
                .filter(each -> pinned == null || each.name().equals(pinned))
                .map(each -> each.name() + " " + demand.lack(each).orElse("fits"))
                .collect(Collectors.joining("; "));
        findings.error(
                Rule.NO_FITTING_MECHANISM,
                need.need().place(),
                "no mechanism fits `" + need.share().id() + "` as " + scenario.word() + ": "
                        + (lacks.isEmpty() ? "the landscape offers none" : lacks) + " (" + remedy(need, demand, pinned)
                        + ")");
    }

    private static boolean isOffered(NeedCase need, String mechanism) {
        return need.carriers().offered().stream().anyMatch(each -> each.name().equals(mechanism));
    }

    private static String remedy(NeedCase need, Demand demand, @Nullable String pinned) {
        List<String> able = LandscapeSyntax.MECHANISMS.stream()
                .map(MechanismAbility::stated)
                .map(each -> isOffered(need, Landscape.EMBEDDED) ? each : each.withoutStore())
                .filter(demand::isMetBy)
                .map(MechanismAbility::name)
                .toList();
        String one = able.isEmpty() ? "ask for less durability" : "offer one of " + String.join(", ", able);
        return pinned == null ? one : "pin another; it must " + demand.words();
    }
}
