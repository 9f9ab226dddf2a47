package dev.fairlead.planner;

import java.util.List;
import java.util.Optional;

/** Chooses what carries an item: the pinned mechanism, else the embedded one, else the only one there is. */
final class MechanismChoice {
    private MechanismChoice() {}

    static Optional<String> choose(Need need, Landscape landscape) {
        if (need.pin() != null) {
            return landscape.mechanism(need.pin().mechanism()).map(MechanismSettings::name);
        }
        if (landscape.mechanism(Landscape.EMBEDDED).isPresent()) {
            return Optional.of(Landscape.EMBEDDED);
        }
        return landscape.mechanisms().size() == 1
                ? Optional.of(landscape.mechanisms().get(0).name())
                : Optional.empty();
    }

    static void check(Need need, Landscape landscape, Findings findings) {
        if (choose(need, landscape).isPresent()) {
            return;
        }
        Need.Pin pin = need.pin();
        String offered = offered(landscape);
        if (pin != null) {
            findings.error(
                    Rule.NO_FITTING_MECHANISM,
                    pin.place(),
                    "the landscape does not offer the pinned mechanism `" + pin.mechanism() + "` (it offers " + offered
                            + "; add it there, or pin another)");
        } else {
            findings.error(
                    Rule.NO_FITTING_MECHANISM,
                    need.place(),
                    "no mechanism fits `" + need.item() + "`: the landscape offers " + offered
                            + " (add `embedded: { }` to it, or pin one with `mechanism` and `because`)");
        }
    }

    private static String offered(Landscape landscape) {
        List<String> names =
                landscape.mechanisms().stream().map(MechanismSettings::name).toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
