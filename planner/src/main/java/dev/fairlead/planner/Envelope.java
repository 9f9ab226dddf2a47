package dev.fairlead.planner;

/** How a record's attributes travel. */
public enum Envelope {
    /** In one packed binary header. */
    PACKED,
    /** As CloudEvents attributes in the protocol's own binding. */
    CLOUDEVENTS
}
