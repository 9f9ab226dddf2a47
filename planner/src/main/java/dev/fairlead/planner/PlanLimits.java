package dev.fairlead.planner;

/** What a plan may be at most; everything beyond is refused before it is read whole. */
final class PlanLimits {
    /** Bytes, and so characters, of one file. */
    static final int FILE_BYTES = 1 << 20;
    /** Bytes of all files. */
    static final long ALL_BYTES = 64L << 20;
    /** Plan files. */
    static final int FILES = 10_000;
    /** Files and folders looked at while searching. */
    static final int VISITED = 200_000;
    /** Folders in folders. */
    static final int FOLDER_DEPTH = 32;
    /** Aliases of one file. */
    static final int ALIASES = 50;
    /** Nodes that the aliases of one file stand for. */
    static final int ALIASED_NODES = 10_000;
    /** Collections in collections. */
    static final int DEPTH = 50;

    private PlanLimits() {}
}
