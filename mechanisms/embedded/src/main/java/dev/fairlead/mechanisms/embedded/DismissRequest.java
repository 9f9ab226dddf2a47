package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import dev.fairlead.spi.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Drops one dead letter and keeps the reason. It goes alone, so that it finds the letter where it really is. */
final class DismissRequest extends QueueRequest<Void> {
    private final Database database;
    private final long number;
    private final String reason;

    DismissRequest(OpenQueue queue, Database database, long number, String reason) {
        super(queue);
        this.database = database;
        this.number = number;
        this.reason = reason;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        int id = queue().id();
        if (QueueScan.find(database.handles(), id, Kind.DEAD, number) == null) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "queue " + queue().name() + " has no dead letter " + number
                            + "; it was sent again or dismissed before (list them)");
        }
        survivesKill(group);
        QueueChanges changes = group.changes(queue());
        changes.removeDead(number);
        changes.putDismissal(queue().time().now().toEpochMilli(), number, reason.getBytes(StandardCharsets.UTF_8));
        List<QueueScan.Row> kept = QueueScan.read(
                database.handles(), id, Kind.DISMISSED, 0, Long.MAX_VALUE, DeadLetters.MOST, Long.MAX_VALUE);
        if (kept.size() == DeadLetters.MOST) {
            changes.removeDismissal(kept.getFirst().first(), kept.getFirst().second());
        }
    }

    @Override
    public void publish(TailBudget tails) {
        // Only the counts change, and the group tells these.
    }

    @Override
    public void done(Durability reached) {
        result().complete(null);
    }
}
