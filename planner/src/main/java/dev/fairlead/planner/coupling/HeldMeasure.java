package dev.fairlead.planner.coupling;

import java.util.Arrays;
import java.util.Locale;

/**
 * One sort of number that a baseline holds, and which way is worse.
 *
 * <p>Those that grow with every honest new reader ({@code scf}, {@code ccd}, {@code acd}) are not held.
 */
enum HeldMeasure {
    /** How many warnings of one rule there are about one thing. */
    WARNING("warning ", 0, Sense.LESS_IS_BETTER),
    /** The best availability that one service can have. */
    CEILING("ceiling ", 8, Sense.MORE_IS_BETTER),
    /** How large the landscape is; neither good nor bad. */
    SIZE("size ", 0, Sense.NEUTRAL),
    SIY("siy", 0, Sense.LESS_IS_BETTER),
    LONGEST_SYNC_CHAIN("longestSyncChain", 0, Sense.LESS_IS_BETTER),
    NCCD("nccd", 4, Sense.SMALLER_RATIO),
    PROPAGATION_COST("propagationCost", 4, Sense.SMALLER_RATIO),
    ACU("acu", 4, Sense.LARGER_RATIO),
    SDB("sdb", 4, Sense.SMALLER_RATIO);

    /** Which way is worse. */
    private enum Sense {
        LESS_IS_BETTER,
        MORE_IS_BETTER,
        SMALLER_RATIO,
        LARGER_RATIO,
        NEUTRAL
    }

    private final String prefix;
    private final int digits;
    private final Sense sense;

    HeldMeasure(String prefix, int digits, Sense sense) {
        this.prefix = prefix;
        this.digits = digits;
        this.sense = sense;
    }

    String prefix() {
        return prefix;
    }

    private boolean names(String name) {
        return prefix.endsWith(" ") ? name.startsWith(prefix) && name.length() > prefix.length() : name.equals(prefix);
    }

    static boolean isKnown(String name) {
        return Arrays.stream(values()).anyMatch(each -> each.names(name));
    }

    static HeldMeasure of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.names(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no measure: " + name));
    }

    String written(double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** The value as it is written, so that what was written and read again is the same. */
    double rounded(double value) {
        return Double.parseDouble(written(value));
    }

    /** Whether it is a share of the whole, which can get worse because something else has gone. */
    boolean isRatio() {
        return sense == Sense.SMALLER_RATIO || sense == Sense.LARGER_RATIO;
    }

    boolean isWorse(double now, double before) {
        return switch (sense) {
            case NEUTRAL -> false;
            case MORE_IS_BETTER, LARGER_RATIO -> rounded(now) < rounded(before);
            case LESS_IS_BETTER, SMALLER_RATIO -> rounded(now) > rounded(before);
        };
    }
}
