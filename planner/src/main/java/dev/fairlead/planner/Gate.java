package dev.fairlead.planner;

/** A condition that decides on its own; cost never overrides it. */
public enum Gate {
    /** The item has one owner. */
    G1("the item has one owner"),
    /** The reader must decide on the current value. */
    G2("the reader must decide on the current value"),
    /** Two services would write under one invariant. */
    G3("two services would write under one invariant"),
    /** Every change matters, not only the last. */
    G4("every change matters, not only the last"),
    /** A copy would hold what the reader may not hold. */
    G5("a copy would hold what the reader may not hold, or what cannot be erased"),
    /** A copy does not fit memory or is loaded too slowly. */
    G6("a copy does not fit the memory, or is loaded too slowly"),
    /** Asking would break the reader's promised availability. */
    G7("asking would break what the reader promises while an owner is away"),
    /** The query is too wide to copy for. */
    G8("the query is too wide to copy for");

    private final String words;

    Gate(String words) {
        this.words = words;
    }

    /** The condition in words. */
    public String words() {
        return words;
    }
}
