package dev.fairlead.planner;

import dev.fairlead.api.FailurePolicy;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code when-failing}: how often, how soon and how long something that cannot be handled is tried. */
final class FailureSyntax {
    static final String KEY = "when-failing";

    private static final Set<String> KNOWN =
            new LinkedHashSet<>(List.of("attempts", "first-delay", "longest-delay", "time-limit"));

    private FailureSyntax() {}

    /** The policy, with the usual values where the plan does not say, or says something faulty; null when there is none. */
    static @Nullable FailurePolicy read(Section parent) {
        Section section = parent.section(KEY, KNOWN);
        if (section == null) {
            return null;
        }
        FailurePolicy usual = FailurePolicy.usual();
        int attempts = attempts(section, usual.attempts());
        Duration first = time(section, "first-delay", usual.firstDelay());
        Duration usualLongest = first.compareTo(usual.longestDelay()) > 0 ? first : usual.longestDelay();
        Duration longest = time(section, "longest-delay", usualLongest);
        Duration limit = time(section, "time-limit", usual.timeLimit());
        if (longest.compareTo(first) < 0) {
            section.findings()
                    .error(
                            Rule.BAD_VALUE,
                            section.placeOf("longest-delay"),
                            "`longest-delay` is shorter than the first delay (raise it, or lower `first-delay`, which is "
                                    + usual.firstDelay().toMillis() + "ms when left out)");
        }
        return new FailurePolicy(attempts, first, longest, limit);
    }

    private static int attempts(Section section, int usual) {
        Quantity written = section.quantity("attempts", Measure.COUNT);
        if (written == null) {
            return usual;
        }
        if (written.isRange() || written.low() < 1 || written.high() > FailurePolicy.MOST_ATTEMPTS) {
            section.findings()
                    .error(
                            Rule.BAD_QUANTITY,
                            section.placeOf("attempts"),
                            "`attempts` must be one number from 1 to " + FailurePolicy.MOST_ATTEMPTS
                                    + " (1 means that nothing is tried again)");
            return usual;
        }
        return (int) written.high();
    }

    private static Duration time(Section section, String key, Duration usual) {
        Duration written = section.positiveDuration(key);
        if (written == null) {
            return usual;
        }
        if (written.compareTo(FailurePolicy.LONGEST) > 0 || written.isZero()) {
            section.findings()
                    .error(
                            Rule.BAD_QUANTITY,
                            section.placeOf(key),
                            "`" + key + "` must be more than nothing and at most a day (write 1d or less)");
            return usual;
        }
        return written;
    }
}
