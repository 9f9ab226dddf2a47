package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The one RocksDB of a store, guarded so that nobody uses a closed one.
 *
 * <p>Any thread may read; a read holds off a close until it returns, so it must be short. Only the committer's thread writes,
 * opens anew and closes.
 */
final class Database implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());

    /** A look into the database; no handle may leave it. */
    @FunctionalInterface
    interface Look<T> {
        T at(Handles handles) throws RocksDBException;
    }

    private final DatabaseOpening opening;
    private final @Nullable SyncedMark mark;
    private final ReadWriteLock guard = new ReentrantReadWriteLock();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private @Nullable Handles handles;
    private boolean closed;

    Database(DatabaseOpening opening, @Nullable SyncedMark mark) {
        this.opening = opening;
        this.mark = mark;
        unsynced.setDisableWAL(mark == null);
        handles = opening.open();
    }

    /** Names the place in messages. */
    String place() {
        return opening.place();
    }

    boolean inMemory() {
        return mark == null;
    }

    <T> T read(Look<T> look) {
        guard.readLock().lock();
        try {
            return look.at(handles());
        } catch (RocksDBException e) {
            throw StorageFailures.reading(place(), e);
        } finally {
            guard.readLock().unlock();
        }
    }

    /** The handles, for the committer's thread alone. */
    Handles handles() {
        Handles open = handles;
        if (open == null) {
            throw closed
                    ? StorageFailures.closed()
                    : new FairleadException(
                            ErrorCode.STORAGE_ACCESS,
                            place() + " could not be opened again after a failed write; check its volume");
        }
        return open;
    }

    /** Writes all or nothing; the level that this has reached. */
    Durability write(WriteBatch batch, Durability wanted) throws RocksDBException {
        boolean sync = wanted == Durability.D2;
        handles().database().write(sync ? synced : unsynced, batch);
        if (mark == null) {
            return Durability.D0;
        }
        return sync ? Durability.D2 : Durability.D1;
    }

    /** Notes the last write in the mark, before anybody is told that it is safe. */
    void note(Durability reached) {
        if (mark == null) {
            return;
        }
        try {
            mark.committed(handles().database().getLatestSequenceNumber(), reached == Durability.D2);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, place() + ": the mark of what was synced is behind", e);
        }
    }

    /**
     * Makes what was overwritten or deleted go from the write-ahead log, for the committer's thread alone: flushes, so that the log is no
     * longer needed, and empties the old logs that are kept to be written over, also those that were kept before, because one of them goes
     * on with its old end as the new log.
     */
    void purgeLogs() {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            emptyOldLogs();
            handles().database().flush(flush, handles().families());
            emptyOldLogs();
        } catch (RocksDBException e) {
            throw StorageFailures.writing(place(), e);
        }
    }

    private void emptyOldLogs() throws RocksDBException {
        if (mark != null) {
            OldLogs.empty(opening.folder(), handles().database().getLongProperty("rocksdb.min-log-number-to-keep"));
        }
    }

    /**
     * Makes what was overwritten or deleted in a range of a family go from its files, after {@link #purgeLogs}: rewrites them. Takes as
     * long as copying the range.
     */
    void purge(Family family, byte[] from, byte[] to) {
        guard.readLock().lock();
        try (CompactRangeOptions compaction = new CompactRangeOptions()
                .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            RocksDB database = handles().database();
            database.compactRange(handles().family(family), from, to, compaction);
            database.disableFileDeletions();
            database.enableFileDeletions(); // deletes what is obsolete before it returns
        } catch (RocksDBException e) {
            throw StorageFailures.writing(place(), e);
        } finally {
            guard.readLock().unlock();
        }
    }

    /** Closes and opens again, after a failed write; readers wait meanwhile. */
    void reopen() {
        guard.writeLock().lock();
        try {
            closeHandles();
            handles = opening.open();
        } finally {
            guard.writeLock().unlock();
        }
    }

    private void closeHandles() {
        if (handles != null) {
            handles.close();
            handles = null;
        }
    }

    @Override
    public void close() {
        guard.writeLock().lock();
        try {
            closed = true;
            closeHandles();
            synced.close();
            unsynced.close();
        } finally {
            guard.writeLock().unlock();
        }
    }
}
