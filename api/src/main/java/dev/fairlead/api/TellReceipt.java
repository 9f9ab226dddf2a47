package dev.fairlead.api;

import java.util.UUID;

/**
 * The proof that something was told, and will be handled.
 *
 * @param item the item's id, {@code owner.name}
 * @param key by which the handler recognises it
 * @param durability the level that it had reached when the receipt was made
 */
public record TellReceipt(String item, UUID key, Durability durability) {}
