package dev.fairlead.planner;

/** A condition that decides on its own; cost never overrides it. */
public enum Gate {
    /** The item has one owner. */
    G1,
    /** The reader must decide on the current value. */
    G2,
    /** Two services would write under one invariant. */
    G3,
    /** Every change matters, not only the last. */
    G4,
    /** A copy would hold what the reader may not hold. */
    G5,
    /** A copy does not fit memory or is loaded too slowly. */
    G6,
    /** Asking would break the reader's promised availability. */
    G7,
    /** The query is too wide to copy for. */
    G8
}
