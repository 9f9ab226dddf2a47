package dev.fairlead.planner;

/** What a reader of events does with one that its plan does not know, as a newer owner may write it. */
public enum WhenUnknown {
    /** Park its key, so that nothing of it is handled out of order. */
    PARK,
    /** Pass it over, and count it. */
    SKIP
}
