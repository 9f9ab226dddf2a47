package dev.fairlead.node.carrier;

/**
 * Whose opening it is.
 *
 * @param space the store apart that it is on; empty for the node's own
 * @param caller who opened it; nobody else can use it
 * @param name that the caller gave it
 */
public record Place(String space, String caller, String name) {}
