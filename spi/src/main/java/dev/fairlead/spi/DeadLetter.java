package dev.fairlead.spi;

import java.time.Instant;

/**
 * A message that a receiver has set aside.
 *
 * @param number names it among the dead letters of its queue, now and later; grows with each that is set aside
 * @param message as it was sent
 * @param attempts how often it was handed out
 * @param error why it was set aside
 * @param since when, by the mechanism's wall clock
 */
public record DeadLetter(long number, Question message, int attempts, String error, Instant since) {}
