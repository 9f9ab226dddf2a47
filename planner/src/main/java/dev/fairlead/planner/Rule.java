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
    /** A view that shows outside clients data above what it may show. */
    EXPOSED_ABOVE_CLEARANCE(Stage.INPUT),
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
    QUERY_TOO_WIDE(Stage.STRUCTURE),
    /** Services that wait for each other in a circle. */
    SYNC_CYCLE(Stage.STRUCTURE),
    /** Services that depend on each other in a circle, some of them waiting. */
    MIXED_CYCLE(Stage.STRUCTURE),
    /** An item that several services write. */
    SHARED_WRITE(Stage.STRUCTURE),
    /** A reader that looks into a table of the owner, and not at a view. */
    UNVIEWED_TABLE(Stage.STRUCTURE),
    /** Two services that depend on each other, one of them waiting. */
    MUTUAL_DEPENDENCY(Stage.STRUCTURE),
    /** Calls that stand behind each other. */
    LONG_SYNC_CHAIN(Stage.STRUCTURE),
    /** A service that asks many times for one request of its user. */
    CHATTY_READER(Stage.STRUCTURE),
    /** An item whose readers use little of it. */
    OVER_SHARING(Stage.STRUCTURE),
    /** An item that is shared again by one who only reads it. */
    PASS_THROUGH_ITEM(Stage.STRUCTURE),
    /** An event that is a request in disguise. */
    EVENT_AS_COMMAND(Stage.STRUCTURE),
    /** A service that only answers others' questions about its data. */
    ENTITY_SERVICE(Stage.STRUCTURE),
    /** A reader that uses nearly all that an owner has. */
    INTIMATE_PAIR(Stage.STRUCTURE),
    /** Services that can only be released and only work together. */
    DISTRIBUTED_MONOLITH(Stage.STRUCTURE),
    /** A service through which very much goes. */
    HUB(Stage.STRUCTURE),
    /** A service that many depend on, and that waits for one that changes with many others. */
    UNSTABLE_DEPENDENCY(Stage.STRUCTURE),
    /** Data about persons in copies from which nothing can be erased. */
    NOT_ERASABLE(Stage.STRUCTURE),
    /** A service that promises more than those it asks can give. */
    AVAILABILITY_BELOW_TARGET(Stage.STRUCTURE),
    /** Two services that each decide on the current value of the other's data. */
    SHARED_INVARIANT(Stage.STRUCTURE),
    /** A measure or warning that the baseline did not have so bad. */
    WORSE_THAN_BASELINE(Stage.STRUCTURE),
    /** An item that nobody needs. */
    UNUSED_ITEM(Stage.STRUCTURE),
    /** A field that a reader uses is gone. */
    FIELD_REMOVED(Stage.COMPATIBILITY),
    /** A field that a reader uses must now be there, and records exist that lack it. */
    FIELD_REQUIRED(Stage.COMPATIBILITY),
    /** A field or item has another type. */
    TYPE_CHANGED(Stage.COMPATIBILITY),
    /** An enum has lost a symbol that records may hold. */
    ENUM_NARROWED(Stage.COMPATIBILITY),
    /** An enum has a symbol that a reader does not know. */
    ENUM_WIDENED(Stage.COMPATIBILITY),
    /** An item has another key, so that identity and order are lost. */
    KEY_CHANGED(Stage.COMPATIBILITY),
    /** Values still parse and mean something else. */
    MEANING_CHANGED(Stage.COMPATIBILITY),
    /** A name that an earlier version had, or reserved, has come back with another meaning. */
    NAME_RETURNED(Stage.COMPATIBILITY, "name-reused"),
    /** An item is gone. */
    ITEM_REMOVED(Stage.COMPATIBILITY),
    /** An event is gone. */
    EVENT_REMOVED(Stage.COMPATIBILITY),
    /** An event is new, and a reader parks what it does not know. */
    EVENT_ADDED(Stage.COMPATIBILITY),
    /** Those who ask are given less time for the answer. */
    DEADLINE_SHORTENED(Stage.COMPATIBILITY),
    /** A field is new; breaks nobody. */
    FIELD_ADDED(Stage.COMPATIBILITY),
    /** A field that nobody uses is gone; breaks nobody. */
    FIELD_REMOVED_UNUSED(Stage.COMPATIBILITY),
    /** A view that outside clients have is gone. */
    VIEW_REMOVED(Stage.COMPATIBILITY),
    /** Outside clients get less of a view: fewer values, or not for so long. */
    VIEW_NARROWED(Stage.COMPATIBILITY),
    /** Outside clients get more of a view; breaks nobody. */
    VIEW_WIDENED(Stage.COMPATIBILITY),
    /** An imported schema is broken, which a document proves. */
    SCHEMA_BREAKING(Stage.COMPATIBILITY),
    /** An imported schema is said to be broken, and no document was found that proves it. */
    SCHEMA_SUSPECT(Stage.COMPATIBILITY),
    /** Whether an imported schema is broken could not be decided. */
    SCHEMA_UNDECIDED(Stage.COMPATIBILITY);

    /** What a rule is about. */
    public enum Stage {
        /** What was written is wrong: nothing can be decided. */
        INPUT,
        /** The plan can be read; what it amounts to is judged. */
        STRUCTURE,
        /** The plan is held against an earlier one. */
        COMPATIBILITY
    }

    private final Stage stage;
    private final String id;

    Rule(Stage stage) {
        this.stage = stage;
        this.id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Rule(Stage stage, String id) {
        this.stage = stage;
        this.id = id;
    }

    /** The name in reports, for example {@code unknown-key}. */
    public String id() {
        return id;
    }

    /** What the rule is about. */
    public Stage stage() {
        return stage;
    }
}
