package dev.fairlead.api;

/** What is done when tables of Fairlead's are missing in the application's database. */
public enum Tables {
    /** They are created. */
    CREATE,
    /** They are expected: opening fails with {@link ErrorCode#DATABASE}, and the message holds the statements that create them. */
    EXPECT
}
