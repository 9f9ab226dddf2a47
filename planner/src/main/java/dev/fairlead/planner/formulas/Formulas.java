package dev.fairlead.planner.formulas;

/**
 * The formulas that do not belong to one state item; {@code docs/planning.md} gives the source and the limits of each.
 *
 * <p>Rates are per second, times in seconds, sizes in bytes, shares from 0 to 1. Numbers that are not negative give numbers that are not
 * negative and never NaN.
 */
public final class Formulas {
    /** Below this the exact form loses digits, and the first terms of its series do not. */
    private static final double SMALL = 1e-2;

    private Formulas() {}

    /**
     * The share of reads that a cache answers whose entries live so long, for reads that come at random: {@code λT/(1+λT)}.
     *
     * @param reads of one key
     */
    public static double hitShare(double reads, double lifetime) {
        double expected = reads * lifetime;
        return Double.isInfinite(expected) ? 1 : expected / (1 + expected);
    }

    /**
     * The share of time for which what was fetched last is still the current value (Cho and Garcia-Molina).
     *
     * @param changes of one key
     * @param interval between two fetches
     */
    public static double freshShare(double changes, double interval) {
        double expected = changes * interval;
        return expected == 0 ? 1 : -Math.expm1(-expected) / expected;
    }

    /** For how long, on average, what was fetched last has not been the current value (Cho and Garcia-Molina). */
    public static double meanAge(double changes, double interval) {
        double expected = changes * interval;
        return expected < SMALL
                ? interval * expected * (1.0 / 6 - expected / 24 + expected * expected / 120)
                : interval * (0.5 - 1 / expected - Math.expm1(-expected) / (expected * expected));
    }

    /** How likely one of several parallel calls is slow: {@code 1 − (1−p)^n}. */
    public static double slowShare(double slow, double calls) {
        return -Math.expm1(calls * Math.log1p(-slow));
    }

    /** Which quantile each of several parallel calls must keep so that all together keep one: {@code 1 − (1−q)/n}. */
    public static double quantileOfEach(double quantile, double calls) {
        return 1 - (1 - quantile) / calls;
    }

    /** The availability of a call when a cache answers a share of it also while the owner is down. */
    public static double behindFallback(double availability, double hitShare) {
        return 1 - (1 - hitShare) * (1 - availability);
    }

    /**
     * The changes that are left when each key passes at most one in an interval: {@code N(1−e^(−Ut/N))/t}, for changes that come at random
     * and hit all keys alike.
     */
    public static double conflated(double changes, double keys, double interval) {
        return interval == 0 ? changes : Math.min(changes, keys / interval * -Math.expm1(-changes * interval / keys));
    }

    /**
     * The bytes that a compacted log takes on disk.
     *
     * @param recordBytes of one value and what is around it
     * @param dirtyRatio the share of superseded records that is tolerated
     */
    public static double logBytes(double keys, double recordBytes, double replicas, double dirtyRatio) {
        return keys * recordBytes * replicas / (1 - dirtyRatio);
    }
}
