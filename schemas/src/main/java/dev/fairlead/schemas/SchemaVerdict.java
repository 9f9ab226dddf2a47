package dev.fairlead.schemas;

/** Whether all that one schema allows is allowed by another; what is proved is kept apart from what is only said. */
public sealed interface SchemaVerdict {

    /** All that the one allows is allowed by the other: proved. */
    record Contained() implements SchemaVerdict {}

    /** Proved not to be so by a JSON document that the one allows and the other does not. */
    record Breaking(String witness, String reason) implements SchemaVerdict {}

    /** A rule says that it is not so, but no document was found that shows it. */
    record Suspect(String reason) implements SchemaVerdict {}

    /** Neither proved nor refuted: a keyword that cannot be decided, or a budget that was used up. */
    record Undecided(String reason) implements SchemaVerdict {}
}
