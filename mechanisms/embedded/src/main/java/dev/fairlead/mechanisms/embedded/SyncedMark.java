package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How far the database had been written and synced, noted outside of it, so that a database that lost its tail is told from one
 * that never had it.
 *
 * <p>The file is written after each commit and never synced: it may be behind the database, never ahead of it. What had been
 * written but not synced may go with the power, and with nothing else; so that part of the mark binds as long as the machine
 * has not been started anew. Only the committer's thread writes it, so that no interrupt of a caller can close the file.
 */
final class SyncedMark implements AutoCloseable {
    static final String FILE = "synced.mark";

    private static final long MAGIC = 0x4641_4952_4c45_4144L;
    private static final int BODY = 6 * Long.BYTES;

    private final Path folder;
    private final FileChannel file;
    private final Boot boot;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BODY + Long.BYTES);
    private final CRC32C checksum = new CRC32C();
    private boolean initialized;
    private long synced;
    private long written;
    private long binding;

    private SyncedMark(Path folder, FileChannel file, Boot boot) {
        this.folder = folder;
        this.file = file;
        this.boot = boot;
    }

    /** Opens the folder's mark; where there is neither a mark nor a database, both begin. */
    static SyncedMark open(Path folder, Path database, Boot boot) {
        Path path = folder.resolve(FILE);
        FileChannel file = null;
        try {
            if (Files.exists(database) && (!Files.exists(path) || Files.size(path) == 0)) {
                throw damaged(folder, "the file " + FILE + " is missing");
            }
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            SyncedMark mark = new SyncedMark(folder, file, boot);
            mark.load();
            return mark;
        } catch (IOException e) {
            throw DataFolder.inaccessible(folder, DataFolder.closing(file, e));
        } catch (FairleadException e) {
            throw DataFolder.closing(file, e);
        }
    }

    private void load() throws IOException {
        if (file.size() == 0) {
            save();
            file.force(true);
            return;
        }
        bytes.clear();
        int length = file.read(bytes, 0);
        if (length != BODY + Long.BYTES || bytes.getLong(0) != MAGIC || bytes.getLong(BODY) != checksum()) {
            throw damaged(folder, "the file " + FILE + " is not readable");
        }
        initialized = bytes.getLong(8) != 0;
        synced = bytes.getLong(16);
        written = bytes.getLong(24);
        binding = boot.equals(new Boot(bytes.getLong(32), bytes.getLong(40))) ? written : synced;
    }

    /** Whether the database has been opened with success before, so that it must be there. */
    boolean initialized() {
        return initialized;
    }

    /** Refuses a database that ends before what was noted. */
    void verify(long sequence) {
        if (sequence < binding) {
            throw damaged(
                    folder,
                    "its newest records are missing: the database ends at change " + sequence + ", but goes to "
                            + binding);
        }
    }

    /** How many changes went with the power: written before the machine was started anew, and never synced. */
    long lost(long sequence) {
        return Math.max(0, written - sequence);
    }

    /** Notes that the database is whole up to there, after it was opened. */
    void opened(long sequence) {
        initialized = true;
        synced = sequence;
        written = sequence;
        try {
            save();
            file.force(true);
        } catch (IOException e) {
            throw DataFolder.inaccessible(folder, e);
        }
    }

    void committed(long sequence, boolean wasSynced) throws IOException {
        written = sequence;
        if (wasSynced) {
            synced = sequence;
        }
        save();
    }

    private void save() throws IOException {
        bytes.clear();
        bytes.putLong(MAGIC).putLong(initialized ? 1 : 0).putLong(synced).putLong(written);
        bytes.putLong(boot.high()).putLong(boot.low()).putLong(checksum()).flip();
        file.write(bytes, 0);
    }

    private long checksum() {
        checksum.reset();
        checksum.update(bytes.duplicate().position(0).limit(BODY));
        return checksum.getValue();
    }

    static FairleadException damaged(Path folder, String what) {
        return new FairleadException(
                ErrorCode.STORAGE_DAMAGED,
                "data folder " + folder + " is damaged: " + what
                        + "; it was not opened. Restore the folder from a backup, or move it away to begin anew");
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw DataFolder.inaccessible(folder, e);
        }
    }
}
