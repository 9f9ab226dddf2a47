package dev.fairlead.spi;

/**
 * A record as it stands in a log. The arrays may be shared between readers: nobody changes them.
 *
 * @param offset its place in its partition
 * @param key as appended; empty where the record was erased
 * @param header as appended; empty where the record was erased
 * @param payload as appended; empty where the record was erased
 */
public record LogRecord(long offset, byte[] key, byte[] header, byte[] payload) {
    private static final byte[] NOTHING = {};

    /** What stands where the content of a record was erased. */
    public static LogRecord erased(long offset) {
        return new LogRecord(offset, NOTHING, NOTHING, NOTHING);
    }

    /** Whether the content was erased; the place stays, so that nobody takes it for a loss. */
    public boolean isErased() {
        return key.length == 0;
    }
}
