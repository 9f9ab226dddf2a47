package dev.fairlead.planner;

/** What a reader does when its copy is older than it may be. */
public enum WhenStale {
    /** It does not use the value. */
    REFUSE,
    /** It uses the value and knows its age. */
    SERVE,
    /** It asks the owner. */
    ASK_OWNER
}
