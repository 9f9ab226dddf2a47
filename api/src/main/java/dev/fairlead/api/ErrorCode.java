package dev.fairlead.api;

/** What went wrong, as a stable name that programs may switch on. */
public enum ErrorCode {
    /** The plan is not valid, or does not say what the call needs. */
    PLAN(Category.CALLER),
    /** A handle does not fit the plan. */
    HANDLE_MISMATCH(Category.CALLER),
    /** A value breaks its item's shape or a limit. */
    BAD_VALUE(Category.CALLER),
    /** The plan needs more than the mechanism declares. */
    CAPABILITY(Category.CALLER),
    /** The key has another version than the write expected: someone else wrote first. */
    VERSION_CONFLICT(Category.CALLER),
    /** The group is followed already by another part of this process. */
    GROUP_TAKEN(Category.CALLER),
    /** A database connection is closed, has no transaction open, or is asked for what ends the transaction of another. */
    TRANSACTION(Category.CALLER),
    /** The call came after close. */
    CLOSED(Category.CALLER),
    /** Another instance has taken the item over. */
    FENCED(Category.REMOTE),
    /** What was waited for did not come in time. */
    DEADLINE(Category.REMOTE),
    /** The write, or what was asked for, may or may not have happened. */
    OUTCOME_UNKNOWN(Category.REMOTE),
    /** The owner's handler refused the question; the cause is a {@link RequestRefused}. */
    REFUSED(Category.REMOTE),
    /** The owner's handler failed; what it did before that is not known here. */
    FAILED(Category.REMOTE),
    /** The copy is older than the plan allows, and the plan says to refuse that. */
    STALE(Category.REMOTE),
    /** The server or store cannot be reached. */
    UNREACHABLE(Category.REMOTE),
    /** The application's own database refused a statement; the cause is its {@link java.sql.SQLException}. */
    DATABASE(Category.REMOTE),
    /** There is no space left to write; reads go on. */
    STORAGE_FULL(Category.REMOTE),
    /** Stored data is damaged or missing. */
    STORAGE_DAMAGED(Category.REMOTE),
    /** The data folder belongs to another process. */
    STORAGE_LOCKED(Category.REMOTE),
    /** The data folder cannot be read or written. */
    STORAGE_ACCESS(Category.REMOTE),
    /** A fault of Fairlead's own. */
    INTERNAL(Category.INTERNAL);

    /** Who can do something about an error. */
    public enum Category {
        /** The caller: its code, plan or settings. */
        CALLER,
        /** Something outside: a store, a broker, another service. */
        REMOTE,
        /** Fairlead itself. */
        INTERNAL
    }

    private final Category category;

    ErrorCode(Category category) {
        this.category = category;
    }

    /** Who can do something about it. */
    public Category category() {
        return category;
    }
}
