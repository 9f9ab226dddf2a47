package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.QueueDefinition;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Creates a queue, or finds it. */
final class DefineQueueRequest extends PlainRequest {
    private static final int BYTES = 512;

    private final Queues queues;
    private final QueueDefinition definition;
    private @Nullable QueueRow row;

    DefineQueueRequest(Queues queues, QueueDefinition definition) {
        this.queues = queues;
        this.definition = definition;
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        OpenQueue known = queues.find(definition.name());
        if (known != null && known.row().definition().equals(definition)) {
            return;
        }
        QueueRow next = known == null
                ? QueueRow.first(queues.nextId(), definition)
                : known.row().defined(definition);
        group.wants(definition.durability());
        group.batch().put(group.family(Family.QUEUES), Keys.name(definition.name()), next.bytes());
        row = next;
    }

    @Override
    public void publish(TailBudget tails) {
        if (row != null) {
            queues.defined(row);
        }
    }
}
