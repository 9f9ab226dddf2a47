package dev.fairlead.testkit.prove;

import dev.fairlead.api.FairleadException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proof came to, whole or not.
 *
 * @param outcomes of what was tried, in this order
 * @param untried what was not, because the mechanism could not be reached any more; none of it passed
 * @param away why it could not; null when it could be reached until the end
 */
public record Proven(
        List<Prover.Outcome> outcomes,
        List<Prover.Outcome> untried,
        @Nullable FairleadException away) {
    private static final String NOT_TRIED = "not tried: the server went away";

    public Proven {
        outcomes = List.copyOf(outcomes);
        untried = List.copyOf(untried);
    }

    static Prover.Outcome untried(String group, String name) {
        return new Prover.Outcome(group, name, false, NOT_TRIED);
    }

    /** Both together. */
    public Proven and(Proven next) {
        return new Proven(
                joined(outcomes, next.outcomes), joined(untried, next.untried), away == null ? next.away : away);
    }

    private static List<Prover.Outcome> joined(List<Prover.Outcome> first, List<Prover.Outcome> second) {
        List<Prover.Outcome> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
