package dev.fairlead.mechanisms.activemq;

import java.time.Duration;

/**
 * How many messages the next turn of a queue asks for: as many as will all come, and soon. What does not come must be taken back, which costs
 * more than a few messages do. For one thread at a time.
 */
final class Window {
    /** How long after the first the last message of a turn should come. */
    private static final Duration AIM = Duration.ofMillis(5);
    /** A queue that lets the first wait for so long had no more. */
    private static final Duration EMPTY = Duration.ofMillis(5);

    private int size = 1;

    int size() {
        return size;
    }

    /**
     * Notes how a turn went.
     *
     * @param waited how long the first message needed
     * @param took how long the others needed after it
     */
    void note(int asked, int came, Duration waited, Duration took) {
        if (came < asked) {
            size = Math.max(1, came);
        } else if (asked == size && waited.compareTo(EMPTY) < 0) {
            size = (int) Math.clamp(asked * AIM.toNanos() / Math.max(1, took.toNanos()), 1, 2L * asked);
        }
    }
}
