package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Requests that are written together: all of them, or none. Used again and again, by the committer's thread alone. */
final class CommitGroup implements AutoCloseable {
    private static final int BATCH_HINT = 1 << 20;
    private static final int VALUE_HINT = 2 * RecordChunk.FULL;
    private static final int LONGEST_KEY = 4 * 1024;

    private final Database database;
    private final WriteBatch batch = new WriteBatch(BATCH_HINT);
    private final ByteBuffer key = ByteBuffer.allocateDirect(LONGEST_KEY);
    private ByteBuffer value = ByteBuffer.allocateDirect(VALUE_HINT);
    private final Map<OpenLog, GroupedAppends> appends = new LinkedHashMap<>();
    private @Nullable GroupedAppends latest;
    private final Map<Position, Long> positions = new HashMap<>();
    private final Map<OpenQueue, QueueChanges> queues = new LinkedHashMap<>();
    private final List<Request> members = new ArrayList<>();
    private Durability wanted = Durability.D0;
    private long time;

    private record Position(OpenLog log, String group) {}

    CommitGroup(Database database) {
        this.database = database;
    }

    void begin(long millis) {
        batch.clear();
        appends.clear();
        latest = null;
        positions.clear();
        queues.clear();
        members.clear();
        wanted = Durability.D0;
        time = millis;
    }

    void join(Request request) throws RocksDBException {
        request.prepare(this);
        members.add(request);
    }

    List<Request> members() {
        return members;
    }

    /** What the group has to reach before anybody of it is told. */
    void wants(Durability level) {
        if (level.compareTo(wanted) > 0) {
            wanted = level;
        }
    }

    GroupedAppends appends(OpenLog log) {
        GroupedAppends same = latest;
        if (same != null && same.log() == log) {
            return same;
        }
        GroupedAppends known = appends.get(log);
        if (known == null) {
            known = new GroupedAppends(log, this);
            appends.put(log, known);
        }
        latest = known;
        return known;
    }

    QueueChanges changes(OpenQueue queue) {
        return queues.computeIfAbsent(queue, key -> new QueueChanges(key, this));
    }

    void putBlock(int log, long from, long until, List<RecordChunk> chunks, int bytes) throws RocksDBException {
        key.clear().putInt(log).putLong(from).flip();
        target(Block.HEADER + bytes);
        int count = 0;
        for (RecordChunk chunk : chunks) {
            count += chunk.entries().length;
        }
        Block.putHeader(value, time, until - from, count);
        for (RecordChunk chunk : chunks) {
            value.put(chunk.bytes(), 0, chunk.length());
        }
        batch.put(family(Family.BLOCKS), key, value.flip());
    }

    void putLatest(int log, byte[] recordKey, long offset) throws RocksDBException {
        key.clear().putInt(log).put(recordKey).flip();
        value.clear().putLong(offset).flip();
        batch.put(family(Family.LATEST), key, value);
    }

    /** Where the reader group stands after the requests so far. */
    long position(OpenLog log, String group) {
        Long pending = positions.get(new Position(log, group));
        return pending != null ? pending : log.positions().getOrDefault(group, 0L);
    }

    void putPosition(OpenLog log, String group, long offset) throws RocksDBException {
        batch.put(family(Family.POSITIONS), Keys.position(log.id(), group), Keys.number(offset));
        positions.put(new Position(log, group), offset);
    }

    private void target(int bytes) {
        if (value.capacity() < bytes) {
            value = ByteBuffer.allocateDirect(bytes);
        }
        value.clear();
    }

    WriteBatch batch() {
        return batch;
    }

    ColumnFamilyHandle family(Family family) {
        return database.handles().family(family);
    }

    /** Writes the group; the level that it has reached. */
    Durability write() throws RocksDBException {
        for (GroupedAppends log : appends.values()) {
            log.finish();
        }
        for (QueueChanges queue : queues.values()) {
            queue.finish();
        }
        return batch.count() == 0 ? wanted : database.write(batch, wanted);
    }

    void publish(TailBudget tails) {
        for (GroupedAppends log : appends.values()) {
            log.publish(tails);
        }
        queues.values().forEach(QueueChanges::publish);
        members.forEach(member -> member.publish(tails));
    }

    @Override
    public void close() {
        batch.close();
    }
}
