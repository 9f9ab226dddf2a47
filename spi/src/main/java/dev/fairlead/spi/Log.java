package dev.fairlead.spi;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import java.util.Optional;

/**
 * Logs of keyed records: appended by one writer each, read from any position by many.
 *
 * <p>A log's name is an item's id, {@code [a-z][a-z0-9.-]*}, at most 100 characters. The offsets of a partition begin at 0 and grow;
 * with {@link Capability#DENSE_OFFSETS} they are free of gaps when written, without it some belong to no record, and {@link LogRecord#emptyFrom}
 * and {@link LogBatch#hole} say which. Retention may take records away later, and {@link LogBounds} tells where it has. A call on a log
 * that is not defined fails with {@link dev.fairlead.api.ErrorCode#PLAN}.
 */
public interface Log {
    /**
     * Creates the log, or finds it as it is.
     *
     * @throws dev.fairlead.api.FairleadException with CAPABILITY when the definition asks for more than the mechanism declares,
     *     with PLAN when the log exists with another retention
     */
    void define(LogDefinition definition);

    /**
     * Makes the caller the log's one writer, with an epoch higher than all before; appends of earlier writers fail with FENCED
     * from then on. The claim itself is as durable as the log's records.
     *
     * @param owner who claims, for messages
     */
    LogWriter claim(String log, String owner);

    /**
     * Goes on with a claim that is still the log's newest, such as for a writer in another process after a restart of the one that has
     * the log. What was appended and not acknowledged may stand or not, and {@link LogBounds#end} tells which; what stands is as durable as
     * the log's definition asks when this returns. Only one writer of a claim may append at a time. Not every mechanism can, and {@link Capability} has no word for it.
     *
     * @param epoch of the claim
     * @throws dev.fairlead.api.FairleadException with FENCED when the log has been claimed since, with CAPABILITY when the mechanism cannot
     */
    default LogWriter continueClaim(String log, long epoch) {
        throw new FairleadException(
                ErrorCode.CAPABILITY, "log " + log + ": a claim of it ends with its writer (claim the log again)");
    }

    /**
     * Opens a reader at an offset; several readers of one log do not disturb each other.
     *
     * @param offset the first offset wanted; one below {@link LogBounds#start} begins at the start, and one beyond the end waits
     *     for it
     */
    LogReader read(String log, int partition, long offset);

    /** What the partition holds now. */
    LogBounds bounds(String log, int partition);

    /** How many partitions the log has, at least 1. */
    int partitions(String log);

    /**
     * Notes that the group is done with everything below the position. Returns when the note is as durable as the log's records.
     * A position lower than the one noted is refused with BAD_VALUE: a group never goes back by accident.
     */
    void commit(String log, String group, Position next);

    /**
     * Does now what retention does in the background, as thoroughly as it can, by the mechanism's clock; for proofs, which cannot wait. Returns
     * when it is done. Not every mechanism can.
     */
    default void applyRetention(String log) {
        throw new FairleadException(
                ErrorCode.CAPABILITY,
                "the retention of log " + log + " comes when it comes, and not when it is asked for");
    }

    /** What the group last noted for the partition. */
    Optional<Position> committed(String log, String group, int partition);
}
