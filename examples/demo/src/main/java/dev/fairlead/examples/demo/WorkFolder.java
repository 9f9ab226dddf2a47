package dev.fairlead.examples.demo;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A temporary folder with the plan files and, unless it was put elsewhere, the data; deleted when closed. */
public final class WorkFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkFolder.class.getName());

    private final Path folder;
    private final Path data;

    private WorkFolder(Path folder, @Nullable Path data) {
        this.folder = folder;
        this.data = data == null ? folder.resolve("data") : data.toAbsolutePath();
    }

    /**
     * Makes a folder.
     *
     * @param example a class of the example, beside which its plan files lie
     * @param files the plan files
     * @param data where the data goes; null for a temporary place
     */
    public static WorkFolder create(Class<?> example, List<String> files, @Nullable Path data) {
        try {
            WorkFolder created = new WorkFolder(Files.createTempDirectory("fairlead-demo-"), data);
            Files.createDirectories(created.plan());
            for (String file : files) {
                copy(example, "plan/" + file, created.plan().resolve(file));
            }
            return created;
        } catch (IOException e) {
            throw new FairleadException(
                    ErrorCode.STORAGE_ACCESS,
                    "no temporary folder can be made: " + e + " (make room in " + System.getProperty("java.io.tmpdir")
                            + ", or choose another with -Djava.io.tmpdir)",
                    e);
        }
    }

    private static void copy(Class<?> example, String resource, Path to) throws IOException {
        try (InputStream in = example.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FairleadException(
                        ErrorCode.INTERNAL, resource + " is not on the class path (build the example with Maven)");
            }
            Files.copy(in, to);
        }
    }

    /** The temporary folder itself. */
    public Path folder() {
        return folder;
    }

    public Path plan() {
        return folder.resolve("plan");
    }

    public Path data() {
        return data;
    }

    @Override
    public void close() {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the temporary folder " + folder + " is left behind", e);
        }
    }
}
