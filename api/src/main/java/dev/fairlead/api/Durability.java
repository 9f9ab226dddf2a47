package dev.fairlead.api;

/** What a written record survives, from weakest to strongest; {@link Receipt#durability()} says which level a write reached. */
public enum Durability {
    /** Held in memory: a stop of the process loses it. */
    D0,
    /** Survives a kill of the process; a power loss may lose it. */
    D1,
    /** Survives a power loss of its one node, if the disk honours a flush. */
    D2,
    /** On several replicas, each not yet flushed to disk. */
    D3,
    /** On a quorum of replicas, flushed to disk on each. */
    D4;

    /** Whether a record at this level survives everything that {@code wanted} survives. */
    public boolean reaches(Durability wanted) {
        return compareTo(wanted) >= 0;
    }
}
