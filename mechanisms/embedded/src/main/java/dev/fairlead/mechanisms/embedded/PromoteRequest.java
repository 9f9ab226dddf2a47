package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Makes messages ready whose moment has come. There is one at a time of each queue. */
final class PromoteRequest extends QueueRequest<Void> {
    private static final int MOST = 1000;
    private static final long MOST_BYTES = 4L << 20;

    private final Database database;
    private final List<ReadyMessage> ready = new ArrayList<>();

    PromoteRequest(OpenQueue queue, Database database) {
        super(queue);
        this.database = database;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        survivesKill(group);
        QueueChanges changes = group.changes(queue());
        long now = queue().time().now().toEpochMilli();
        List<QueueScan.Row> due = QueueScan.read(
                database.handles(), queue().id(), Kind.LATER, queue().due().next(), now + 1, MOST, MOST_BYTES);
        for (QueueScan.Row row : due) {
            StoredMessage message = StoredMessage.parseable(row.value());
            changes.removeLater(row.first(), row.second());
            if (message == null) {
                changes.putDead(StoredMessage.garbled(row.value(), now).bytes());
            } else {
                ready.add(new ReadyMessage(changes.putReady(row.value()), message.attempts(), message));
            }
        }
    }

    @Override
    public void publish(TailBudget tails) {
        ready.forEach(queue()::arrived);
        int id = queue().id();
        long from = queue().due().next();
        queue().due().promoted(database.read(handles -> QueueScan.nextDue(handles, id, from)));
    }

    @Override
    public void done(Durability reached) {
        result().complete(null);
    }

    @Override
    public void failed(FairleadException failure) {
        queue().due().failed();
        super.failed(failure);
    }
}
