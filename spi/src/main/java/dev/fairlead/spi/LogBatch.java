package dev.fairlead.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one poll of a reader brings.
 *
 * @param records in the order of the log; may be empty
 * @param bounds what the partition held when the records were read, so that a reader can tell retention from loss
 * @param beat the newest beat, if one came since the last poll; of those before the first poll the newest that the mechanism still knows, so
 *     that the reader of a quiet log need not wait for the next
 * @param hole what the reader passed over behind the records, if anything
 */
public record LogBatch(
        List<LogRecord> records,
        LogBounds bounds,
        @Nullable Beat beat,
        @Nullable Hole hole) {
    /** A batch behind whose records nothing was passed over. */
    public LogBatch(List<LogRecord> records, LogBounds bounds, @Nullable Beat beat) {
        this(records, bounds, beat, null);
    }

    /** Offsets at which no record stands and none was lost: who has everything below {@code from} has everything below {@code to}. */
    public record Hole(long from, long to) {
        /** Where to go on: behind the hole for one who stands in it, else where one is. */
        public long pass(long next) {
            return next >= from && next < to ? to : next;
        }
    }
}
