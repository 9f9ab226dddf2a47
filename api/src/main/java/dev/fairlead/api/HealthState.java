package dev.fairlead.api;

/** The quality of a copy as a whole, in the order in which a worse one hides a better one. */
public enum HealthState {
    /** Not yet caught up with what the owner had when the copy opened. */
    LOADING,
    /** Nothing was heard of the owner for longer than {@code within}. */
    STALE,
    /** The owner is heard, but what it wrote longer than {@code within} ago is not yet here. */
    LATE,
    /** Current, except for the keys that {@link Health#gaps()} names, of which a record was lost. */
    GAP,
    /** Current: no older than {@code within}. */
    LIVE
}
