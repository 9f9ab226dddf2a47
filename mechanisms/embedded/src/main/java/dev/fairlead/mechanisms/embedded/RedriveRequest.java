package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;

/** Puts dead letters back into their queue. It goes alone, so that it finds each where it really is. */
final class RedriveRequest extends QueueRequest<Integer> {
    private static final long MOST_BYTES = 16L << 20;

    private final Database database;
    private final List<Long> numbers;
    private final List<ReadyMessage> ready = new ArrayList<>();

    RedriveRequest(OpenQueue queue, Database database, List<Long> numbers) {
        super(queue);
        this.database = database;
        this.numbers = List.copyOf(numbers);
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        Map<Long, StoredMessage> found = find();
        survivesKill(group);
        QueueChanges changes = group.changes(queue());
        for (Map.Entry<Long, StoredMessage> each : found.entrySet()) {
            StoredMessage dead = each.getValue();
            StoredMessage again = new StoredMessage(0, dead.since(), "", dead.message());
            changes.removeDead(each.getKey());
            ready.add(new ReadyMessage(changes.putReady(again.bytes()), 0, again));
        }
    }

    private Map<Long, StoredMessage> find() throws RocksDBException {
        Map<Long, StoredMessage> found = new LinkedHashMap<>();
        long bytes = 0;
        for (Long number : numbers) {
            byte[] row = QueueScan.find(database.handles(), queue().id(), Kind.DEAD, number);
            if (row != null && found.put(number, StoredMessage.read(database, row)) == null) {
                bytes += row.length;
            }
            if (bytes > MOST_BYTES) {
                throw new FairleadException(
                        ErrorCode.BAD_VALUE,
                        "queue " + queue().name() + ": dead letters of at most " + MOST_BYTES
                                + " bytes are sent again at once; send fewer");
            }
        }
        return found;
    }

    @Override
    public void publish(TailBudget tails) {
        ready.forEach(queue()::arrived);
    }

    @Override
    public void done(Durability reached) {
        result().complete(ready.size());
    }
}
