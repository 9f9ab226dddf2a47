package dev.fairlead.spi;

import java.time.Instant;

/**
 * The trace of a dead letter that was dismissed.
 *
 * @param number that it had
 * @param reason why it was dismissed
 * @param time when, by the mechanism's wall clock
 */
public record Dismissal(long number, String reason, Instant time) {}
