package dev.fairlead.planner;

/** Where an item stands in its life. */
public enum Lifecycle {
    /** Still being shaped: it may change without regard for its readers. */
    DRAFT,
    /** In use. */
    ACTIVE,
    /** In use, but new readers should not start. */
    DEPRECATED,
    /** No longer shared. */
    RETIRED
}
