package dev.fairlead.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one poll of a reader brings.
 *
 * @param records in the order of the log; may be empty
 * @param bounds what the partition held when the records were read, so that a reader can tell retention from loss
 * @param beat the newest beat, if one came since the last poll
 */
public record LogBatch(
        List<LogRecord> records, LogBounds bounds, @Nullable Beat beat) {}
