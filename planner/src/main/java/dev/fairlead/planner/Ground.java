package dev.fairlead.planner;

import org.jspecify.annotations.Nullable;

/** What decided a need. */
enum Ground {
    /** The item's kind leaves no choice. */
    KIND(null),
    /** The kind leaves no choice because every change matters. */
    EVERY_CHANGE(Gate.G4),
    /** The reader must decide on the current value. */
    CURRENT_VALUE(Gate.G2),
    /** A copy would hold data about persons where it cannot be erased. */
    ERASURE(Gate.G5),
    /** A copy does not fit the budgets. */
    BUDGET(Gate.G6),
    /** The reader searches by more than the key, which a copy allows and a lookup does not. */
    SEARCH(Gate.G8),
    /** The reader goes on with an old value while the owner is away, and only a copy has one. */
    OLD_VALUE(Gate.G7),
    /** Asking would break the reader's promise of availability. */
    PROMISE(Gate.G7),
    /** The plan says so. */
    PINNED(null),
    /** The cost. */
    COST(null),
    /** No mechanism can do it the other way. */
    ONLY_WAY(null);

    private final @Nullable Gate gate;

    Ground(@Nullable Gate gate) {
        this.gate = gate;
    }

    @Nullable
    Gate gate() {
        return gate;
    }
}
