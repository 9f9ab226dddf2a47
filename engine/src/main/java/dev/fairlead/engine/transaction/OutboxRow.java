package dev.fairlead.engine.transaction;

/**
 * A committed event that waits to be published.
 *
 * @param place where it stands in the table; grows along each key, but not in the order of the commits
 * @param origin of the append, packed; not looked into here
 */
public record OutboxRow(long place, byte[] key, OutboxStamp stamp, String type, byte[] payload, byte[] origin) {
    /** The type of the row that tells that its key was erased. */
    public static final String ERASURE = "";

    public boolean erases() {
        return type.equals(ERASURE);
    }
}
