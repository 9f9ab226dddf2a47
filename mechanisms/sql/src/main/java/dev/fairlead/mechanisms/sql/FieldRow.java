package dev.fairlead.mechanisms.sql;

/**
 * A field by which values of a log are found.
 *
 * @param epoch of the claim up to which its texts are whole: they are as long as it is the log's
 */
record FieldRow(long id, String name, long epoch) {
    /** The epoch of a field that is still filled in; claims begin at 1. */
    static final long UNFINISHED = 0;

    boolean isUnfinished() {
        return epoch == UNFINISHED;
    }
}
