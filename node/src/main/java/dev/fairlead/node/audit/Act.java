package dev.fairlead.node.audit;

/**
 * Something that an audit log keeps. It holds neither keys nor values of items, nor anything that a caller showed to prove who it is.
 *
 * @param kind such as {@code denied}
 * @param caller who did it, or tried to
 * @param from the address it came from; empty when it came from none
 * @param what was done: a method and a route's template, or a word
 * @param item that it was done to; empty when it was none
 * @param why it was refused, or how it came to be done
 */
public record Act(String kind, String caller, String from, String what, String item, String why) {}
