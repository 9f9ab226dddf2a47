package dev.fairlead.api;

/**
 * The proof of a successful write, and the handle for reading one's own write.
 *
 * <p>Given to {@link Copy#read(Object, Receipt, java.time.Duration)}, a receipt makes the read wait for this version or a newer one.
 *
 * @param item the item's id, {@code owner.name}
 * @param key the record's key in its text form
 * @param version the key's version after this write, from 1
 * @param position where the record stands in the item's log
 * @param durability the level that the write had reached when the receipt was made
 */
public record Receipt(String item, String key, long version, Position position, Durability durability) {}
