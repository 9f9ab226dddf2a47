package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * The native library of RocksDB, a file only while it is loaded. RocksDB itself unpacks it and removes it when the process ends: each process
 * that is killed would leave 17 MB in the temporary folder.
 */
final class NativeLibrary {
    /** Where RocksDB is told to unpack it, always under the same name, so that no more than one is left. */
    private static final String CHOSEN_FOLDER = "ROCKSDB_SHAREDLIB_DIR";

    private static boolean loaded;

    private NativeLibrary() {}

    static synchronized void load() {
        if (loaded) {
            return;
        }
        if (System.getenv(CHOSEN_FOLDER) != null) {
            RocksDB.loadLibrary();
        } else {
            loadFromTemporaryFolder();
        }
        loaded = true;
    }

    private static void loadFromTemporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("fairlead-library");
            Path file = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
            try {
                unpack(file);
                RocksDB.loadLibrary(List.of(folder.toString()));
            } finally {
                remove(file);
                remove(folder);
            }
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new FairleadException(
                    ErrorCode.STORAGE_ACCESS,
                    "the native library of RocksDB cannot be loaded from " + System.getProperty("java.io.tmpdir")
                            + ": " + e + " (name a folder with room, whose files may be executed, in " + CHOSEN_FOLDER
                            + ")",
                    e);
        }
    }

    private static void unpack(Path file) throws IOException {
        String name = Environment.getJniLibraryFileName("rocksdb");
        try (InputStream in = RocksDB.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("there is no " + name + " beside RocksDB's classes");
            }
            Files.copy(in, file);
        }
    }

    /** At once where a file in use may be removed; else, as on Windows, when the process ends. */
    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
