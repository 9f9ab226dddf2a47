package dev.fairlead.testkit.faults;

/** Which deliveries of a record a fault may hit. */
public enum Reads {
    /** The first time that any reader of the wrapped mechanism gets the record. */
    FIRST,
    /** Every time after the first: a new reader, or one that went back. */
    AGAIN,
    /** Each time. */
    EVERY
}
