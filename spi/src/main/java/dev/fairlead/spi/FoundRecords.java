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
    // Written out, since the parameters of a compact one lose that an array may be null.
    public FoundRecords(List<LogRecord> records, byte @Nullable [] next) {
        this.records = List.copyOf(records);
        this.next = next;
    }
}
