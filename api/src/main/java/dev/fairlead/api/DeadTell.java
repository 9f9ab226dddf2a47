package dev.fairlead.api;

import java.time.Instant;
import java.util.UUID;

/**
 * Something told that could not be handled, and was set aside as a dead letter.
 *
 * @param number names it among the dead letters of its item; grows
 * @param key as its handler saw it; all zeros when that cannot be read
 * @param attempts how often it was tried
 * @param error why it was set aside
 * @param since when, by the wall clock of the one who keeps it
 */
public record DeadTell(long number, UUID key, int attempts, String error, Instant since) {}
