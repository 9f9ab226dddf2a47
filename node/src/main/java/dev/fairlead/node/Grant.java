package dev.fairlead.node;

import dev.fairlead.planner.WhenStale;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may see of a state item, and how fresh it must be.
 *
 * @param fields those that it gets; empty when it gets all
 * @param within the oldest age that will do; empty when any will, as long as it is told
 * @param whenStale what it gets when the value is older
 * @param outlook of an outside client, who gets what the view shows; empty for all others
 */
record Grant(Optional<Set<String>> fields, Optional<Duration> within, WhenStale whenStale, Optional<Outlook> outlook) {
    private static final Grant EVERYTHING =
            new Grant(Optional.empty(), Optional.empty(), WhenStale.SERVE, Optional.empty());

    /** The same fields at any age, for a stream, which tells its age. */
    Grant regardlessOfAge() {
        return new Grant(fields, Optional.empty(), WhenStale.SERVE, outlook);
    }

    /** Of an outside client, at any age, which it is told. */
    static Grant of(Outlook outlook) {
        return new Grant(Optional.empty(), Optional.empty(), WhenStale.SERVE, Optional.of(outlook));
    }

    /** Whether versions are told: who sees some fields would learn from them of changes of others. */
    boolean tellsVersions() {
        return outlook.isEmpty();
    }

    /** For the owner, and for the operator. */
    static Grant everything() {
        return EVERYTHING;
    }
}
