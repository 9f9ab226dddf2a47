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

    /**
     * Takes the content of all records of the key below the offset out of the log, for good, and waits until it is gone.
     *
     * <p>The places stay: readers get {@link LogRecord#isErased() erased} records there, without key, header and payload. When the
     * call returns, no reader's next poll brings the content, and none of the mechanism's own files holds it; a server below it may keep
     * it for its own recovery for a while, which the mechanism's page tells. After a failure or a kill some of it may be gone; a repeated
     * call finishes the work. Takes time in proportion to the log, so it blocks for long.
     *
     * @param below where a later record of the same key stands, which tells the readers what became of the earlier ones
     * @return how many records had content
     * @throws dev.fairlead.api.FairleadException with CAPABILITY when the mechanism cannot, with BAD_VALUE when no record of the key
     *     stands at {@code below}, with FENCED when the log has been claimed since
     */
    long erase(int partition, byte[] key, long below);

    /** Tells the readers that the writer lives, and how far the log goes. It is not stored; the newest one counts. */
    void beat(Instant time);

    /** Ends this writer; the log stays claimed by its epoch. */
    @Override
    void close();
}
