package dev.fairlead.planner;

import java.util.Locale;

/** What a finding is about; {@link #id()} is stable, so that scripts and baselines may rely on it. */
public enum Rule {
    /** The file is not valid YAML. */
    SYNTAX(Stage.INPUT),
    /** A file or folder cannot be read. */
    UNREADABLE(Stage.INPUT),
    /** A file, or all of them together, break a limit. */
    TOO_LARGE(Stage.INPUT),
    /** A key that no section of this sort has. */
    UNKNOWN_KEY(Stage.INPUT),
    /** A key that is there twice. */
    DUPLICATE_KEY(Stage.INPUT),
    /** A key that must be there and is not. */
    MISSING_KEY(Stage.INPUT),
    /** A key that belongs to another kind of share or need. */
    MISPLACED_KEY(Stage.INPUT),
    /** A name that breaks the rule for names. */
    BAD_NAME(Stage.INPUT),
    /** A value that is not one of those allowed. */
    BAD_VALUE(Stage.INPUT),
    /** A quantity that does not parse, has no unit or is out of range. */
    BAD_QUANTITY(Stage.INPUT),
    /** A field type that does not parse. */
    BAD_TYPE(Stage.INPUT),
    /** A key field that does not exist or whose type cannot be a key. */
    BAD_KEY_FIELD(Stage.INPUT),
    /** A removed name that is used again. */
    NAME_REUSED(Stage.INPUT),
    /** Two files for one service. */
    DUPLICATE_SERVICE(Stage.INPUT),
    /** One item, two services that say they own it. */
    TWO_OWNERS(Stage.INPUT),
    /** A need of an item that nobody shares. */
    UNKNOWN_ITEM(Stage.INPUT),
    /** A need of a field that the item does not have. */
    UNKNOWN_FIELD(Stage.INPUT),
    /** A service that needs what it owns. */
    OWN_ITEM_NEEDED(Stage.INPUT),
    /** A pinned mechanism without a reason. */
    PIN_WITHOUT_BECAUSE(Stage.INPUT),
    /** Nothing in the landscape can carry the item. */
    NO_FITTING_MECHANISM(Stage.INPUT),
    /** A lock file that cannot be read. */
    BAD_LOCK(Stage.INPUT),
    /** A reader that declares data above its clearance. */
    CLASS_ABOVE_CLEARANCE(Stage.STRUCTURE),
    /** A need whose freshness the decision cannot give. */
    FRESHNESS_UNMET(Stage.STRUCTURE),
    /** A need that does not say how old its data may be. */
    FRESHNESS_UNLIMITED(Stage.STRUCTURE),
    /** A copy that does not fit the budget for copies. */
    COPY_OVER_BUDGET(Stage.STRUCTURE),
    /** Data about persons in copies from which nothing can be erased. */
    NOT_ERASABLE(Stage.STRUCTURE),
    /** A service that promises more than those it asks can give. */
    AVAILABILITY_BELOW_TARGET(Stage.STRUCTURE),
    /** Two services that each decide on the current value of the other's data. */
    SHARED_INVARIANT(Stage.STRUCTURE),
    /** An item that nobody needs. */
    UNUSED_ITEM(Stage.STRUCTURE);

    /** Whether a rule is about what was written or about what it amounts to. */
    public enum Stage {
        /** What was written is wrong: nothing can be decided. */
        INPUT,
        /** The plan can be read; what it amounts to is judged. */
        STRUCTURE
    }

    private final Stage stage;

    Rule(Stage stage) {
        this.stage = stage;
    }

    /** The name in reports, for example {@code unknown-key}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the rule is about what was written or about what it amounts to. */
    public Stage stage() {
        return stage;
    }
}
