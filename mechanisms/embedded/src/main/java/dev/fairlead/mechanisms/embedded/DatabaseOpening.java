package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.FairleadException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * Opens the database so that nothing acknowledged is cut off in silence.
 *
 * <p>The database itself takes a flaw in its write-ahead log for the end, since a log that is written over an old one has no other end. So
 * a read-only opening, which leaves a flawed folder as it is, first shows how far it goes: only if everything up to the {@link SyncedMark}
 * stands before the flaw, it is the torn end of a write that nobody was told of.
 */
final class DatabaseOpening {
    private static final System.Logger LOG = System.getLogger(DatabaseOpening.class.getName());

    private final String path;
    private final String place;
    private final Tuning tuning;
    private final @Nullable SyncedMark mark;

    DatabaseOpening(String path, String place, Tuning tuning, @Nullable SyncedMark mark) {
        this.path = path;
        this.place = place;
        this.tuning = tuning;
        this.mark = mark;
    }

    String place() {
        return place;
    }

    /** Where the files are, unless they are in memory. */
    Path folder() {
        return Path.of(path);
    }

    Handles open() {
        try {
            return mark == null ? openWritable(WALRecoveryMode.AbsoluteConsistency, true) : openMarked(mark);
        } catch (RocksDBException e) {
            throw StorageFailures.opening(place, e);
        }
    }

    private Handles openMarked(SyncedMark noted) throws RocksDBException {
        Handles handles = openWhole(noted);
        try {
            long sequence = handles.database().getLatestSequenceNumber();
            noted.verify(sequence);
            if (noted.lost(sequence) > 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        place + ": the last " + noted.lost(sequence)
                                + " changes were not synced when the machine stopped, and are gone");
            }
            noted.opened(sequence);
            return handles;
        } catch (FairleadException e) {
            handles.close();
            throw e;
        }
    }

    private Handles openWhole(SyncedMark noted) throws RocksDBException {
        if (noted.initialized()) {
            noted.verify(readableSequence());
        }
        return openWritable(WALRecoveryMode.PointInTimeRecovery, !noted.initialized());
    }

    private long readableSequence() throws RocksDBException {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        DBOptions options = tuning.database(WALRecoveryMode.PointInTimeRecovery, false);
        try (RocksDB database = RocksDB.openReadOnly(options, path, tuning.families(), families)) {
            long sequence = database.getLatestSequenceNumber();
            families.forEach(ColumnFamilyHandle::close);
            return sequence;
        }
    }

    private Handles openWritable(WALRecoveryMode recovery, boolean create) throws RocksDBException {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        RocksDB database = RocksDB.open(tuning.database(recovery, create), path, tuning.families(), families);
        return new Handles(database, List.copyOf(families));
    }
}
