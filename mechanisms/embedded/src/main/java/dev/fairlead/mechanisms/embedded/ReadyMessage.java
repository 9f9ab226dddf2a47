package dev.fairlead.mechanisms.embedded;

/**
 * A message that nobody holds.
 *
 * @param attempts how often it was handed out
 */
record ReadyMessage(long place, int attempts, StoredMessage stored) {}
