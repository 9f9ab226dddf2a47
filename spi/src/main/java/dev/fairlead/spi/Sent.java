package dev.fairlead.spi;

import dev.fairlead.api.Durability;

/**
 * The acknowledgement of one message's sending.
 *
 * @param durability the level that it had reached
 */
public record Sent(Durability durability) {}
