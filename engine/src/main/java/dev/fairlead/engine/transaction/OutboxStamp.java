package dev.fairlead.engine.transaction;

/**
 * Where a published event comes from: it travels with the event, so that a relay recognises in the log what it finds in the outbox.
 *
 * @param version of the key in the outbox, which the log's version of the key need not equal
 * @param token drawn at random for the event, so that two events with one version are told apart after the database was set back
 */
public record OutboxStamp(long version, long token) {}
