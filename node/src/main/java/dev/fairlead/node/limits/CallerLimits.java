package dev.fairlead.node.limits;

/**
 * What one caller may take of a node, so that none takes all.
 *
 * @param rate calls in a second, in the long run; as many may come at once
 * @param calls being worked on at once
 * @param streams open at once
 */
public record CallerLimits(int rate, int calls, int streams) {
    public CallerLimits {
        if (rate < 1 || calls < 1 || streams < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
    }

    /** No rate, and half of what a node of usual size has in calls and streams. */
    public static CallerLimits defaults() {
        return new CallerLimits(Integer.MAX_VALUE, 256, 1_000);
    }
}
