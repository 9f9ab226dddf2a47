package dev.fairlead.api;

import java.time.Duration;

/**
 * What is done with an event or something told that cannot be handled: it is tried again with growing delay; then an event's key is parked,
 * and something told becomes a dead letter.
 *
 * @param attempts how often it is tried in all, at least once
 * @param firstDelay before the second attempt; it doubles with each further one
 * @param longestDelay up to which it doubles
 * @param timeLimit of one attempt; then its thread is interrupted and the attempt has failed
 */
public record FailurePolicy(int attempts, Duration firstDelay, Duration longestDelay, Duration timeLimit) {
    /** The most attempts that a policy may have. */
    public static final int MOST_ATTEMPTS = 1000;

    /** The longest delay or time limit that a policy may have. */
    public static final Duration LONGEST = Duration.ofDays(1);

    public FailurePolicy {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempts must be 1 to " + MOST_ATTEMPTS + ": " + attempts);
        }
        positive("firstDelay", firstDelay);
        positive("longestDelay", longestDelay);
        positive("timeLimit", timeLimit);
    }

    private static void positive(String name, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be more than nothing and at most a day: " + time);
        }
    }

    /** Five attempts, after 100 ms, 200 ms, 400 ms and 800 ms, of 30 seconds each. */
    public static FailurePolicy usual() {
        return new FailurePolicy(5, Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** The delay after so many failed attempts. */
    public Duration delayAfter(int failed) {
        Duration delay = firstDelay;
        for (int i = 1; i < failed && delay.compareTo(longestDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longestDelay) > 0 ? longestDelay : delay;
    }
}
