package dev.fairlead.planner.coupling;

/** One service depends on another in one way; several items between the two make one edge per mode. */
record Edge(String reader, String owner, Mode mode) {

    /** In what way a reader depends on an owner. */
    enum Mode {
        SYNC,
        FEED,
        EVENT,
        STORE
    }
}
