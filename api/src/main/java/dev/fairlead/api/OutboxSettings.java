package dev.fairlead.api;

import java.time.Duration;

/**
 * How an outbox works.
 *
 * @param tables what is done when the tables are missing
 * @param limit how many unpublished events of the item the outbox takes; it is looked at once per poll, so that what is written in between comes on top
 * @param poll how long an event waits at most until the relay looks, when nobody calls {@link Outbox#wake}
 * @param lease how long a relay that is not heard of keeps others from taking over; a slow one loses nothing but its place
 * @param keysKept how long the row of a key without new events is kept
 */
public record OutboxSettings(Tables tables, int limit, Duration poll, Duration lease, Duration keysKept) {
    public OutboxSettings {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        positive("poll", poll);
        positive("lease", lease);
        positive("keysKept", keysKept);
    }

    private static void positive(String name, Duration time) {
        if (time.toMillis() < 1 || time.compareTo(Duration.ofDays(3660)) > 0) {
            throw new IllegalArgumentException(name + " must be a millisecond to ten years: " + time);
        }
    }

    /** Tables are created; 100,000 events; a look each 250 ms; a lease of 10 seconds; keys are kept for 30 days. */
    public static OutboxSettings defaults() {
        return new OutboxSettings(
                Tables.CREATE, 100_000, Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofDays(30));
    }

    /** The same with another way to treat missing tables. */
    public OutboxSettings withTables(Tables treated) {
        return new OutboxSettings(treated, limit, poll, lease, keysKept);
    }

    /** The same with another limit. */
    public OutboxSettings withLimit(int most) {
        return new OutboxSettings(tables, most, poll, lease, keysKept);
    }

    /** The same with another time between two looks. */
    public OutboxSettings withPoll(Duration between) {
        return new OutboxSettings(tables, limit, between, lease, keysKept);
    }

    /** The same with another lease. */
    public OutboxSettings withLease(Duration held) {
        return new OutboxSettings(tables, limit, poll, held, keysKept);
    }

    /** The same with another time for which keys are kept. */
    public OutboxSettings withKeysKept(Duration kept) {
        return new OutboxSettings(tables, limit, poll, lease, kept);
    }
}
