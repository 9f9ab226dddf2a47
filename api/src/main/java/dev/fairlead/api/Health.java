package dev.fairlead.api;

import java.time.Duration;
import java.util.Set;

/**
 * How good a copy is at one moment.
 *
 * @param state the verdict
 * @param age how long ago the copy was known to equal the owner; zero or more, and the longest possible while it is loading
 * @param within the freshness that the plan asks for
 * @param lag how many records the copy knows of and has not yet applied
 * @param gaps the keys of which a record was lost and not yet recovered, in text form; a key that the copy cannot name appears as {@code #sequence}
 */
public record Health(HealthState state, Duration age, Duration within, long lag, Set<String> gaps) {
    public Health {
        gaps = Set.copyOf(gaps);
    }
}
