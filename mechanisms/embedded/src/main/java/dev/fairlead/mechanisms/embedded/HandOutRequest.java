package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Counts that messages are handed out. */
final class HandOutRequest extends QueueRequest<Void> {
    private final List<HeldMessage> taken;

    HandOutRequest(OpenQueue queue, List<HeldMessage> taken) {
        super(queue);
        this.taken = taken;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        survivesKill(group);
        QueueChanges changes = group.changes(queue());
        for (HeldMessage message : taken) {
            if (queue().holds(message)) { // else it was erased meanwhile
                changes.putAttempts(message.place(), message.attempt());
            }
        }
    }

    @Override
    public void publish(TailBudget tails) {
        // The receiver that waits for this begins the leases.
    }

    @Override
    public void done(Durability reached) {
        result().complete(null);
    }
}
