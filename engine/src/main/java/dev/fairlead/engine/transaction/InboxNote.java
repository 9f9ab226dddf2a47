package dev.fairlead.engine.transaction;

/**
 * That an event of a key is handled.
 *
 * @param version of the key in the item's log
 * @param epoch of the owner that wrote the event; it never falls along the log, and grows when a key begins at version 1 again
 */
public record InboxNote(byte[] key, long version, long epoch) {}
