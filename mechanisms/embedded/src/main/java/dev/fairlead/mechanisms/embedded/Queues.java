package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The queues of a store. Any thread looks them up, the committer's thread adds. */
final class Queues implements AutoCloseable {
    private final Database database;
    private final WriteQueue writes;
    private final TimeSource time;
    private final Map<String, OpenQueue> byName = new ConcurrentHashMap<>();
    private int highestId;

    private Queues(Database database, WriteQueue writes, TimeSource time) {
        this.database = database;
        this.writes = writes;
        this.time = time;
    }

    /** Loads what the database knows, without the messages. */
    static Queues load(Database database, WriteQueue writes, TimeSource time) {
        Queues queues = new Queues(database, writes, time);
        database.read(handles -> {
            try (RocksIterator rows = handles.database().newIterator(handles.family(Family.QUEUES))) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    queues.defined(QueueRow.parse(new String(rows.key(), StandardCharsets.UTF_8), rows.value()));
                }
                rows.status();
            }
            for (OpenQueue queue : queues.byName.values()) {
                queue.load(handles);
            }
            return queues;
        });
        return queues;
    }

    /** Lets the scheduled messages of a former run come when they are due; the committer takes requests from now on. */
    void start() {
        byName.values().forEach(queue -> queue.due().watch());
    }

    /** After the database was opened anew: takes over what is there. */
    void adopt() {
        for (OpenQueue queue : byName.values()) {
            database.read(handles -> {
                queue.adopt(handles, stored(handles, queue.name()));
                return queue;
            });
            queue.due().watch();
        }
    }

    private static QueueRow stored(Handles handles, String name) throws RocksDBException {
        byte[] row = handles.database().get(handles.family(Family.QUEUES), Keys.name(name));
        if (row == null) {
            throw new IllegalArgumentException("queue " + name + " is not described any more");
        }
        return QueueRow.parse(name, row);
    }

    @Nullable
    OpenQueue find(String name) {
        return byName.get(name);
    }

    OpenQueue get(String name) {
        OpenQueue queue = byName.get(name);
        if (queue == null) {
            throw new FairleadException(
                    ErrorCode.PLAN, "queue " + name + " is not defined in this store; define it before it is used");
        }
        return queue;
    }

    Collection<OpenQueue> all() {
        return byName.values();
    }

    int nextId() {
        return highestId + 1;
    }

    void defined(QueueRow row) {
        highestId = Math.max(highestId, row.id());
        OpenQueue known = byName.get(row.definition().name());
        if (known == null) {
            byName.put(row.definition().name(), new OpenQueue(row, database, writes, time));
        } else {
            known.row(row);
        }
    }

    @Override
    public void close() {
        byName.values().forEach(OpenQueue::close);
    }
}
