package dev.fairlead.cli;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Explanation;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Finds the decision that somebody wants to have explained. */
final class ExplainedNeed {
    private static final int NAMED = 10;

    private ExplainedNeed() {}

    static String find(String asked, Plan plan, Decisions decisions, CommandLine command) {
        int at = asked.indexOf('@');
        Optional<Decision> decision = at < 0
                ? Optional.empty()
                : item(asked.substring(0, at)).flatMap(item -> decisions.of(item, asked.substring(at + 1)));
        return decision.map(found -> Explanation.text(plan, decisions, found))
                .orElseThrow(() -> new ParameterException(
                        command, "there is no need " + asked + " in this plan (" + known(decisions) + ")"));
    }

    private static Optional<ItemId> item(String text) {
        try {
            return Optional.of(ItemId.of(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private static String known(Decisions decisions) {
        List<Decision> all = decisions.list();
        String first = all.stream()
                .limit(NAMED)
                .map(each -> each.item() + "@" + each.reader())
                .collect(Collectors.joining(", "));
        return all.isEmpty()
                ? "it has no needs"
                : "write ITEM@SERVICE, for example " + first + (all.size() > NAMED ? " and others" : "");
    }
}
