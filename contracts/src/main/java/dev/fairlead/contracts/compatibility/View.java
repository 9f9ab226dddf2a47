package dev.fairlead.contracts.compatibility;

/** From which side a schema is looked at. */
public enum View {
    /** What an owner may write: the declared fields and no others. */
    PRODUCER,
    /** What a reader can read: fields that it does not know are passed over. */
    READER
}
