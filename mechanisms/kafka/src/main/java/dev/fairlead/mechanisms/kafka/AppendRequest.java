package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One call of a writer: the entries, how many bytes they have together, and what the caller waits for. */
record AppendRequest(List<LogEntry> entries, long bytes, CompletableFuture<Appended> result) {}
