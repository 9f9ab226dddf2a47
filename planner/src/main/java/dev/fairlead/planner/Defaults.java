package dev.fairlead.planner;

/** What is reckoned with where a plan or landscape does not say; every use is marked as assumed in the reports. */
public final class Defaults {
    public static final Quantity KEYS = Quantity.of(10_000, "10000");
    public static final Quantity SIZE = Quantity.of(300, "300B");
    public static final Quantity CHANGES = Quantity.of(1, "1/s");
    static final Quantity READS = Quantity.of(10, "10/s");
    static final Quantity WITHIN = Quantity.of(60, "60s");
    static final Quantity INSTANCES = Quantity.of(1, "1");
    static final Quantity HOT = Quantity.of(1, "100%");
    static final Quantity PER_REQUEST = Quantity.of(1, "1");
    static final Quantity DEADLINE = Quantity.of(1, "1s");
    public static final Quantity AVAILABILITY = Quantity.of(0.999, "99.9%");
    static final Quantity MESSAGE_OVERHEAD = Quantity.of(700, "700B");
    static final Quantity PUSH = Quantity.of(1, "1");
    static final Quantity PULL = Quantity.of(3, "3");

    /** Seconds within which 99 of 100 calls are answered. */
    static final double CALL_SECONDS = 0.02;
    /** Seconds within which 99 of 100 changes reach a copy through the embedded log, measured. */
    static final double EMBEDDED_SECONDS = 0.001;
    /** The share of calls that are slower than the 99th percentile. */
    static final double SLOW = 0.01;
    /** The share of superseded records that a compacted log tolerates. */
    static final double DIRTY_RATIO = 0.5;

    /** Bytes around each pushed record. */
    static final double RECORD_OVERHEAD = 120;
    /** Bytes of Java heap for one byte of a value. */
    static final double HEAP_FACTOR = 2.5;
    /** Bytes of Java heap for each entry of a copy. */
    static final double ENTRY_OVERHEAD = 80;
    /** Bytes in a second while a copy is loaded. */
    static final double LOADING_RATE = 50_000_000;

    private Defaults() {}
}
