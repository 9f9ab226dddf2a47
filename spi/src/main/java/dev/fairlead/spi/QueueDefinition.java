package dev.fairlead.spi;

import dev.fairlead.api.Durability;

/**
 * What a queue is to be.
 *
 * @param name an item's id, {@code [a-z][a-z0-9.-]*}, at most 100 characters
 * @param durability what a message must have reached before its sending is acknowledged
 */
public record QueueDefinition(String name, Durability durability) {}
