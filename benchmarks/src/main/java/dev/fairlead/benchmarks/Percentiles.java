package dev.fairlead.benchmarks;

import java.util.Arrays;

/** How long things took, by rank. */
final class Percentiles {
    private final double[] sorted;

    /** The times are copied; there is at least one. */
    Percentiles(double... times) {
        if (times.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        this.sorted = times.clone();
        Arrays.sort(sorted);
    }

    /** The smallest time that the given share of all, in (0, 1], does not exceed. */
    double at(double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }
}
