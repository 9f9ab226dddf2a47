package dev.fairlead.planner.coupling;

/**
 * The numbers at which something is worth saying.
 *
 * <p>They are judgements: the literature defines the measures and validates no limit. So none of them makes an error, and a
 * baseline keeps what is there from getting worse.
 */
final class Thresholds {
    /** Calls behind each other. */
    static final int LONG_CHAIN = 3;
    /** Calls behind each other that are too many for any service. */
    static final int SEVERE_CHAIN = 5;
    /** Questions for one request of a user. */
    static final double CHATTY = 5;
    /** The share of an item's fields that a reader uses on average. */
    static final double LITTLE_USED = 0.3;
    /** The share of an item's fields that nobody uses. */
    static final double MUCH_UNUSED = 0.25;
    /** Fields that an item has before the share of those used says anything. */
    static final int FEW_FIELDS = 4;
    /** Readers that only ask. */
    static final int ENTITY_READERS = 3;
    /** The share of an owner's fields that one reader uses. */
    static final double INTIMATE_FIELDS = 0.8;
    /** The items of one owner that one reader uses. */
    static final int INTIMATE_ITEMS = 3;
    /** The share of all services that read from a hub, and that it reads from. */
    static final double HUB = 0.2;
    /** Standard deviations above the mean from which a product of readers and owners stands out. */
    static final double OUTLIER = 2;
    /** Readers by whom a service is bound to stay as it is, and owners through whom it changes. */
    static final int MANY = 3;
    /** How much less stable a service may be than one that waits for it. */
    static final double LESS_STABLE = 0.3;
    /** Services before anything is said about a landscape as a whole. */
    static final int SMALL_LANDSCAPE = 6;
    /** The share of dependencies in which the reader waits. */
    static final double MOSTLY_WAITING = 0.7;
    /** The share of all pairs in which one service reaches the other. */
    static final double WIDE_PROPAGATION = 0.6;
    /** The share of items that cannot be released alone. */
    static final double MANY_IN_LOCK_STEP = 0.3;
    /** The share of services at one store. */
    static final double CROWDED_STORE = 0.5;
    /** Marks of a distributed monolith that make one. */
    static final int MONOLITH_MARKS = 2;

    private Thresholds() {}
}
