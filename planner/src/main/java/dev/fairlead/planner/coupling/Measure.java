package dev.fairlead.planner.coupling;

import java.util.Arrays;
import java.util.Locale;

/**
 * One sort of number that a baseline holds, and which way is worse.
 *
 * <p>Those that grow with every honest new reader ({@code scf}, {@code ccd}, {@code acd}) are not held.
 */
enum Measure {
    /** How many warnings of one rule there are about one thing. */
    WARNING("warning ", 0, false),
    /** The best availability that one service can have. */
    CEILING("ceiling ", 8, true),
    SIY("siy", 0, false),
    NCCD("nccd", 4, false),
    PROPAGATION_COST("propagationCost", 4, false),
    LONGEST_SYNC_CHAIN("longestSyncChain", 0, false),
    ACU("acu", 4, true),
    SDB("sdb", 4, false);

    private final String prefix;
    private final int digits;
    private final boolean moreIsBetter;

    Measure(String prefix, int digits, boolean moreIsBetter) {
        this.prefix = prefix;
        this.digits = digits;
        this.moreIsBetter = moreIsBetter;
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

    static Measure of(String name) {
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

    boolean isWorse(double now, double before) {
        return moreIsBetter ? rounded(now) < rounded(before) : rounded(now) > rounded(before);
    }
}
