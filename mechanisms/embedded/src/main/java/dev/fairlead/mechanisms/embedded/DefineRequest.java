package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogDefinition;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Creates a log, or finds it. */
final class DefineRequest implements Request {
    private static final int BYTES = 512;

    private final Logs logs;
    private final LogDefinition definition;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private @Nullable LogRow row;

    DefineRequest(Logs logs, LogDefinition definition) {
        this.logs = logs;
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
        OpenLog known = logs.find(definition.name());
        if (known != null && known.row().definition().equals(definition)) {
            return;
        }
        if (known != null && !known.row().definition().retention().equals(definition.retention())) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "log " + definition.name() + " exists with retention "
                            + known.row().definition().retention() + " and cannot become "
                            + definition.retention() + "; keep the retention, or give the log another name");
        }
        LogRow next = known == null
                ? LogRow.first(logs.nextId(), definition)
                : known.row().defined(definition);
        group.wants(definition.durability());
        group.batch().put(group.family(Family.LOGS), Keys.name(definition.name()), next.bytes());
        row = next;
    }

    @Override
    public void publish(TailBudget tails) {
        if (row != null) {
            logs.defined(row);
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
