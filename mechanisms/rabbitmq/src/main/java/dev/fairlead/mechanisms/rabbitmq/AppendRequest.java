package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One call of append that waits for its turn, or for its place in the stream. */
record AppendRequest(List<LogEntry> entries, long bytes, CompletableFuture<Appended> result) {}
