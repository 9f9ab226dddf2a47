package dev.fairlead.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what {@link Table#find} found.
 *
 * @param records in the order of their keys
 * @param next the key behind which the next page begins; null when there is none
 */
public record FoundRecords(List<LogRecord> records, byte @Nullable [] next) {
    public FoundRecords {
        records = List.copyOf(records);
    }
}
