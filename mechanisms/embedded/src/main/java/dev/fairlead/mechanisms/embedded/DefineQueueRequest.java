package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.QueueDefinition;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Creates a queue, or finds it. */
final class DefineQueueRequest implements Request {
    private static final int BYTES = 512;

    private final Queues queues;
    private final QueueDefinition definition;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private @Nullable QueueRow row;

    DefineQueueRequest(Queues queues, QueueDefinition definition) {
        this.queues = queues;
        this.definition = definition;
    }

    CompletableFuture<Void> result() {
        return result;
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

    @Override
    public void done(Durability reached) {
        result.complete(null);
    }

    @Override
    public void failed(FairleadException failure) {
        result.completeExceptionally(failure);
    }
}
