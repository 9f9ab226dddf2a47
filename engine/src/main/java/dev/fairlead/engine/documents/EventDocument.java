package dev.fairlead.engine.documents;

/** An event in the form of its codec, for a process that has no Java types for it; checked as a {@link Document} is. */
public sealed interface EventDocument {
    /** The event's name in the plan. */
    String type();

    /** The encoded event, a JSON object; not to be changed. */
    byte[] content();

    /** An event. */
    record Happened(String type, byte[] content) implements EventDocument {}
}
