package dev.fairlead.api;

import java.time.Instant;

/**
 * An event that was set aside.
 *
 * @param position in the item's log
 * @param attempts how often it was tried; 0 for one that queues behind another
 * @param error why it could not be handled; empty for one that queues behind another
 * @param parked when, by the clock of the service
 */
public record ParkedEvent(Position position, int attempts, String error, Instant parked) {}
