package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The logs of a store. Any thread looks them up, the committer's thread adds. */
final class Logs {
    private final Map<String, OpenLog> byName = new ConcurrentHashMap<>();
    private int highestId;

    /** Loads what the database knows. */
    static Logs load(Database database) {
        Logs logs = new Logs();
        database.read(handles -> {
            try (RocksIterator rows = handles.database().newIterator(handles.family(Family.LOGS))) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    logs.add(handles, LogRow.parse(new String(rows.key(), StandardCharsets.UTF_8), rows.value()));
                }
                rows.status();
            }
            logs.loadPositions(handles);
            return logs;
        });
        return logs;
    }

    private void add(Handles handles, LogRow row) throws RocksDBException {
        highestId = Math.max(highestId, row.id());
        byName.put(row.definition().name(), new OpenLog(row, Math.max(row.start(), BlockScan.end(handles, row.id()))));
    }

    private void loadPositions(Handles handles) throws RocksDBException {
        Map<Integer, OpenLog> byId = new ConcurrentHashMap<>();
        byName.values().forEach(log -> byId.put(log.id(), log));
        try (RocksIterator rows = handles.database().newIterator(handles.family(Family.POSITIONS))) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                OpenLog log = byId.get(Keys.log(rows.key()));
                if (log != null) {
                    log.positions().put(Keys.group(rows.key()), Keys.number(rows.value()));
                }
            }
            rows.status();
        }
    }

    @Nullable
    OpenLog find(String name) {
        return byName.get(name);
    }

    OpenLog get(String name) {
        OpenLog log = byName.get(name);
        if (log == null) {
            throw new FairleadException(
                    ErrorCode.PLAN, "log " + name + " is not defined in this store; define it before it is used");
        }
        return log;
    }

    Collection<OpenLog> all() {
        return byName.values();
    }

    int nextId() {
        return highestId + 1;
    }

    void defined(LogRow row) {
        highestId = Math.max(highestId, row.id());
        OpenLog known = byName.get(row.definition().name());
        if (known == null) {
            byName.put(row.definition().name(), new OpenLog(row, 0));
        } else {
            known.row(row);
        }
    }
}
