package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A data folder that this process holds: made for its owner alone, locked until closed. */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "owner.pid";
    private static final int LONGEST_PID = 20;

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes the folder if need be; its real path, so that two ways to one folder are told to be the same. */
    static Path prepare(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, forOwnerOnly());
            }
            return path.toRealPath();
        } catch (IOException | SecurityException e) {
            throw inaccessible(path, e);
        }
    }

    static DataFolder hold(Path path) {
        FileChannel lock = null;
        try {
            lock = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return lock(path, lock);
        } catch (IOException e) {
            throw inaccessible(path, closing(lock, e));
        } catch (FairleadException e) {
            throw closing(lock, e);
        }
    }

    /** The failure, after the file was closed on its account. */
    static <E extends Exception> E closing(@Nullable FileChannel file, E failure) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private static DataFolder lock(Path path, FileChannel lock) throws IOException {
        try {
            if (lock.tryLock() == null) {
                throw held(path, read(lock), null);
            }
        } catch (OverlappingFileLockException e) {
            throw held(path, String.valueOf(ProcessHandle.current().pid()), e);
        }
        lock.truncate(0);
        lock.write(ByteBuffer.wrap(String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataFolder(path, lock);
    }

    private static String read(FileChannel lock) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_PID);
        int length = lock.read(bytes, 0);
        return length <= 0 ? "unknown" : new String(bytes.array(), 0, length, StandardCharsets.US_ASCII);
    }

    Path path() {
        return path;
    }

    /** Where RocksDB keeps its files. */
    Path database() {
        return path.resolve("db");
    }

    private static FairleadException held(Path path, String owner, @Nullable Throwable cause) {
        return new FairleadException(
                ErrorCode.STORAGE_LOCKED,
                "data folder " + path + " belongs to process " + owner
                        + "; stop that process, or choose another folder",
                cause);
    }

    static FairleadException inaccessible(Path path, Exception cause) {
        if (full(path)) {
            return StorageFailures.full("data folder " + path, cause);
        }
        return new FairleadException(
                ErrorCode.STORAGE_ACCESS,
                "data folder " + path + " cannot be used (" + cause
                        + "); it must be a folder that this user may read and write",
                cause);
    }

    private static boolean full(Path path) {
        try {
            return Files.isDirectory(path) && Files.getFileStore(path).getUsableSpace() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static FileAttribute<?>[] forOwnerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw inaccessible(path, e);
        }
    }
}
