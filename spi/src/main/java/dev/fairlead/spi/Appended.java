package dev.fairlead.spi;

import dev.fairlead.api.Durability;
import dev.fairlead.api.Position;

/**
 * The acknowledgement of one append.
 *
 * @param first where its first record stands; the others follow without a gap
 * @param durability the level that all of them had reached
 */
public record Appended(Position first, Durability durability) {}
