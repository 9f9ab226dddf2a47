package dev.fairlead.benchmarks;

/**
 * How long to measure.
 *
 * @param rounds how often each subject is measured; the median counts
 * @param scale what the usual number of operations is divided by
 * @param judged whether the bounds are held against the figures
 */
public record Effort(int rounds, int scale, Judgement judged) {
    /** Whether a bound that is missed fails the run. */
    public enum Judgement {
        /** It does. */
        BOUNDS,
        /** It does not: the run is too short to tell. */
        NONE
    }

    /** Long enough for figures that can be quoted. */
    public static final Effort FULL = new Effort(5, 1, Judgement.BOUNDS);

    /** Just long enough to show that everything runs. */
    public static final Effort QUICK = new Effort(1, 50, Judgement.NONE);

    int of(int usual) {
        return Math.max(1, usual / scale);
    }
}
