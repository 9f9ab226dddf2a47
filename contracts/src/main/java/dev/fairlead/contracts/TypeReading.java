package dev.fairlead.contracts;

/** What came of reading the text form of a type. */
public sealed interface TypeReading {

    /** The text is this type. */
    record Read(FieldType type) implements TypeReading {}

    /**
     * The text is no type.
     *
     * @param offset where in the text the fault is, from zero, in UTF-16 units
     * @param message what is wrong and, in brackets, what to do
     */
    record Unreadable(int offset, String message) implements TypeReading {}
}
