package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogDefinition;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Creates a log, or finds it. */
final class DefineRequest extends PlainRequest {
    private static final int BYTES = 512;

    private final Logs logs;
    private final LogDefinition definition;
    private @Nullable LogRow row;

    DefineRequest(Logs logs, LogDefinition definition) {
        this.logs = logs;
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
}
