package dev.fairlead.planner.report;

import dev.fairlead.planner.Content;
import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Defaults;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.ItemKind;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.planner.Printable;
import dev.fairlead.planner.Quantity;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.Volume;
import dev.fairlead.planner.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all reports say alike. */
final class Wording {
    private Wording() {}

    static String described(Content content) {
        return switch (content) {
            case Content.State state ->
                "state by " + state.key() + ", " + count(state.fields().list().size(), "field");
            case Content.Events events ->
                "events by " + events.key() + ": "
                        + String.join(", ", events.events().keySet());
            case Content.Request request ->
                request.delivery() == Content.Delivery.GUARANTEED
                        ? "request, told one way"
                        : "request" + (request.idempotent() ? ", may be repeated" : "");
        };
    }

    /** Who outside gets what. */
    static String exposed(OutsideView view) {
        List<String> parts = new ArrayList<>(List.of("to " + view.clients() + ": " + view.shownText()));
        if (!view.only().isEmpty()) {
            parts.add("only where " + view.filterText());
        }
        if (view.limits().rate() != null) {
            parts.add("rate " + allowed(view.limits().rate()));
        }
        if (view.limits().quota() != null) {
            parts.add("quota " + allowed(view.limits().quota()));
        }
        if (view.ending().deprecated() != null) {
            parts.add("deprecated " + view.ending().deprecated());
        }
        if (view.ending().sunset() != null) {
            parts.add("sunset " + view.ending().sunset());
        }
        return String.join("; ", parts);
    }

    private static String allowed(OutsideView.Allowance allowance) {
        return allowance.calls() + " in " + Words.of(allowance.window());
    }

    static String volume(Share share) {
        Volume volume = share.volume();
        boolean isState = share.kind() == ItemKind.STATE;
        String keys = isState ? shown("keys", volume.keys(), Defaults.KEYS) + ", " : "";
        String size = shown("size", volume.size(), Defaults.SIZE);
        String changes =
                share.kind() == ItemKind.REQUEST ? "" : ", " + shown("changes", volume.changes(), Defaults.CHANGES);
        var durability = share.terms().durability();
        return keys + size + changes + (durability == null ? "" : ", durability " + durability);
    }

    private static String shown(String input, @Nullable Quantity declared, Quantity assumed) {
        return declared == null ? input + " " + assumed.text() + " (assumed)" : input + " " + declared.text();
    }

    /** How old the data may be and what then, or nothing when the need says nothing of it. */
    static String freshness(Need need) {
        List<String> parts = new ArrayList<>();
        if (need.within() != null) {
            parts.add("within " + Words.of(need.within()));
        }
        if (need.whenStale() != null) {
            parts.add("when stale " + Words.of(need.whenStale()));
        }
        if (need.conflate() != null) {
            parts.add("at most one change per key in " + Words.of(need.conflate()));
        }
        return String.join(", ", parts);
    }

    static String why(Need need) {
        String why = need.why();
        return why == null ? "not said" : Printable.escaped(why);
    }

    static String uses(Need need) {
        return need.usedNames().isEmpty() ? "all (assumed)" : String.join(", ", need.usedNames());
    }

    /** The reason that says most: the pin, and else of a state item the second, since the first only names the kind. */
    static String because(Decision decision) {
        List<String> reasons = decision.grounds().reasons();
        if (decision.need().pin() != null) {
            return reasons.get(reasons.size() - 2);
        }
        return reasons.isEmpty() ? "not said" : reasons.get(reasons.size() > 2 ? 1 : 0);
    }

    static String verdict(Decision decision) {
        return decision.scenario().word() + " on " + decision.mechanism();
    }

    static String rejected(Decision.Rejected rejected) {
        return rejected.scenario().word() + " on " + rejected.mechanism() + ": " + Printable.escaped(rejected.why());
    }

    static String flip(Decision.Flip flip) {
        return flip.to().word() + (flip.at() >= flip.now() ? " above " : " below ") + flip.input() + " "
                + Words.flip(flip.input(), flip.at()) + ", now " + Words.flip(flip.input(), flip.now());
    }

    static String cost(Decision decision) {
        return decision.cost().figures().entrySet().stream()
                .map(figure -> Words.cost(figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(", "));
    }

    static String assumed(Decision decision) {
        return decision.assumptions().stream()
                .map(each -> each.input() + " " + each.value() + " (" + each.source() + ")")
                .collect(Collectors.joining(", "));
    }

    /** How many findings there are of each severity, the worst first; {@code none} when there are none. */
    static String counts(List<Finding> findings) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int number = (int) findings.stream()
                    .filter(each -> each.severity() == severity)
                    .count();
            if (number > 0) {
                parts.add(count(number, severity.word()));
            }
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
