package dev.fairlead.api;

/** A handle of an item of the plan: its id, and the Java types that this service uses for it. */
public sealed interface Item permits StateItem, EventItem, RequestItem, TellItem {
    /** {@code owner.name}, as in the plan. */
    String id();
}
