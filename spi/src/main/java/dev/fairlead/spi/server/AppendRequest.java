package dev.fairlead.spi.server;

import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One call of {@link dev.fairlead.spi.LogWriter#append} on its way.
 *
 * @param bytes how many the entries have together
 * @param result what the caller waits for
 */
public record AppendRequest(List<LogEntry> entries, long bytes, CompletableFuture<Appended> result) {
    public AppendRequest {
        entries = List.copyOf(entries);
    }
}
