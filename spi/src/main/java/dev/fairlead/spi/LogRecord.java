package dev.fairlead.spi;

/**
 * A record as it stands in a log. The arrays may be shared between readers: nobody changes them.
 *
 * @param offset its place in its partition
 * @param emptyFrom from here to before {@code offset} no record stands and none was lost; {@code offset} itself where offsets are dense
 * @param key as appended; empty where the record was erased
 * @param header as appended; empty where the record was erased; a {@link dev.fairlead.spi.cloudevents.ForeignHeader} where another program wrote it
 * @param payload as appended; empty where the record was erased
 */
public record LogRecord(long offset, long emptyFrom, byte[] key, byte[] header, byte[] payload) {
    private static final byte[] NOTHING = {};

    /** A record of which nothing is known about the offsets before it. */
    public LogRecord(long offset, byte[] key, byte[] header, byte[] payload) {
        this(offset, offset, key, header, payload);
    }

    /** What stands where the content of a record was erased. */
    public static LogRecord erased(long offset) {
        return new LogRecord(offset, NOTHING, NOTHING, NOTHING);
    }

    /** Whether the content was erased; the place stays, so that nobody takes it for a loss. */
    public boolean isErased() {
        return key.length == 0;
    }
}
