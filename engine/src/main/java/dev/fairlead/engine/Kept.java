package dev.fairlead.engine;

import java.time.Instant;

/**
 * A parked record, as its group remembers it.
 *
 * @param slot of the group's parking log
 * @param place the offset there of the note that holds the record itself
 * @param origin the record's offset in the item's log
 * @param attempts how often it was tried, 0 when it queues behind another
 * @param error why it could not be handled, empty when it queues behind another
 * @param parked when it was parked or failed again
 */
record Kept(int slot, long place, long origin, int attempts, String error, Instant parked) {}
