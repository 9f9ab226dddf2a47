package dev.fairlead.engine;

import java.time.Instant;

/**
 * A parked record, as its group remembers it.
 *
 * @param place the offset of the note in the group's parking log, which holds the record itself
 * @param origin the record's offset in the item's log
 * @param attempts how often it was tried, 0 when it queues behind another
 * @param error why it could not be handled, empty when it queues behind another
 * @param parked when it was parked or failed again
 */
record Kept(long place, long origin, int attempts, String error, Instant parked) {}
