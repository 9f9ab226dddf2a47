package dev.fairlead.spi;

import dev.fairlead.api.Durability;

/**
 * What a log is to be.
 *
 * @param name an item's id, {@code [a-z][a-z0-9.-]*}, at most 100 characters
 * @param retention what is kept
 * @param durability what an append must have reached before it is acknowledged
 */
public record LogDefinition(String name, Retention retention, Durability durability) {}
