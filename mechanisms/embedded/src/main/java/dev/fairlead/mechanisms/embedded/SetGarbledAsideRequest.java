package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import org.rocksdb.RocksDBException;

/** Makes a ready row that cannot be read a dead letter with its bytes, so that it stops no other message and is not lost. */
final class SetGarbledAsideRequest extends QueueRequest<Void> {
    private final Database database;
    private final long place;

    SetGarbledAsideRequest(OpenQueue queue, Database database, long place) {
        super(queue);
        this.database = database;
        this.place = place;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        survivesKill(group);
        byte[] row = QueueScan.find(database.handles(), queue().id(), Kind.READY, place);
        if (row != null) {
            QueueChanges changes = group.changes(queue());
            changes.removeReady(place);
            changes.putDead(StoredMessage.garbled(row, queue().time().now().toEpochMilli())
                    .bytes());
        }
    }

    @Override
    public void publish(TailBudget tails) {}

    @Override
    public void done(Durability reached) {
        result().complete(null);
    }
}
