package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import org.rocksdb.RocksDBException;

/** Something for the committer to write. All methods but the first two run on its thread. */
sealed interface Request permits AppendRequest, AnsweredRequest {
    /** How much it holds in memory. */
    long bytes();

    /** Whether it changes what the requests after it build on, so that it ends a group. */
    default boolean alone() {
        return false;
    }

    /** Whether it may use the room that is kept free when the volume is full. */
    default boolean small() {
        return false;
    }

    /**
     * Checks, and adds its changes to the group.
     *
     * @throws FairleadException when it is refused; it has added nothing then
     */
    void prepare(CommitGroup group) throws RocksDBException;

    /** Its changes are in the database; tells the readers. */
    void publish(TailBudget tails);

    /** Tells the caller, after everything of the group was published. */
    void done(Durability reached);

    /** Tells the caller that nothing of it was written, or that nobody knows. */
    void failed(FairleadException failure);
}
