package dev.fairlead.api;

import java.time.Duration;

/**
 * How full an outbox is, and what one instance has done since it opened it.
 *
 * @param pending committed events that are not published yet
 * @param oldest age of the oldest of them by the database's clock, zero when there is none
 * @param published events that this instance appended to the item's log
 * @param recognised events that were in the log already after a crash or a change of relays, and were not appended again
 * @param held events that cannot be published because one before them is missing, at the last look
 * @param leading whether this instance relays now
 * @param failure why the last look failed, empty when it did not
 */
public record OutboxStatistics(
        long pending, Duration oldest, long published, long recognised, long held, boolean leading, String failure) {}
