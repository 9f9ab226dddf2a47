package dev.fairlead.node;

/**
 * How an outside client looks at an item.
 *
 * @param clients the name of the view that it has
 * @param part of the values that it sees, as {@link dev.fairlead.node.outside.ValueFilter} divides them
 */
record Outlook(String clients, String part) {}
