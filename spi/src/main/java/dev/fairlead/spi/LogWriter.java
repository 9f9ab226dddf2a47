package dev.fairlead.spi;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The one writer of a log. Safe for many threads.
 *
 * <p>The records of one call are written all or none, and the calls in the order in which they were made. A writer stops at its
 * first failure: every append after a failed one fails too and leaves nothing, until {@link #resume}. So whoever numbers its
 * records can repair the numbers before it goes on.
 */
public interface LogWriter extends AutoCloseable {
    /** The epoch of this claim. */
    long epoch();

    /**
     * Appends the entries; the future completes when they are durable as the log's definition asks, on a thread of the
     * mechanism's: what depends on it must not block. Blocks while the mechanism holds as much unwritten data as it allows.
     *
     * <p>Fails with BAD_VALUE, at once and without stopping the writer, for an entry beyond the limits; with FENCED, STORAGE_FULL,
     * STORAGE_DAMAGED, UNREACHABLE or CLOSED when nothing was written; with OUTCOME_UNKNOWN when nobody can tell.
     */
    CompletableFuture<Appended> append(int partition, List<LogEntry> entries);

    /**
     * Lets the writer go on after a failure, under its epoch. Waits until none of its appends is under way; fails with FENCED if
     * the log has been claimed since.
     */
    void resume();

    /** Tells the readers that the writer lives, and how far the log goes. It is not stored; the newest one counts. */
    void beat(Instant time);

    /** Ends this writer; the log stays claimed by its epoch. */
    @Override
    void close();
}
