package dev.fairlead.examples.demo;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder with the plan files and what processes of the demo keep in files. When it is closed it is deleted, and what the
 * landscapes in it have made on servers is taken away.
 */
public final class WorkFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkFolder.class.getName());

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a folder.
     *
     * @param example a class of the example, beside which its plan files lie
     * @param files the plan files
     * @param carriers what the landscape offers in place of what its file does
     * @throws FairleadException with PLAN when one of the carriers is not here; nothing is made then
     */
    public static WorkFolder create(Class<?> example, List<String> files, Carriers carriers) {
        carriers.all().forEach(Carrier::requireKnown);
        try {
            WorkFolder created = new WorkFolder(Files.createTempDirectory("fairlead-demo-"));
            PlanFolder.write(example, files, created.plan(), carriers);
            return created;
        } catch (IOException e) {
            throw new FairleadException(
                    ErrorCode.STORAGE_ACCESS,
                    "no temporary folder can be made: " + e + " (make room in " + System.getProperty("java.io.tmpdir")
                            + ", or choose another with -Djava.io.tmpdir)",
                    e);
        }
    }

    /** The temporary folder itself. */
    public Path folder() {
        return folder;
    }

    public Path plan() {
        return folder.resolve("plan");
    }

    @Override
    public void close() {
        landscapes().forEach(landscape -> Closing.quietly(() -> takeAway(landscape)));
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the temporary folder " + folder + " is left behind", e);
        }
    }

    private List<Path> landscapes() {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.endsWith(PlanFolder.LANDSCAPE)).toList();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "what the demo made on servers may be left behind", e);
            return List.of();
        }
    }

    private void takeAway(Path landscape) {
        try {
            Carriers.offeredBy(landscape).remove(folder);
        } catch (FairleadException e) {
            if (e.code() != ErrorCode.PLAN) {
                throw e;
            } // with such settings it was not opened either, and made nothing
        }
    }
}
