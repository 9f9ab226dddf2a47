package dev.fairlead.testkit.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A volume of 64 MB in memory, to be filled. Only a privileged user of Linux can make one; for others the test is reported as aborted.
 *
 * @param path where it is mounted
 */
public record SmallVolume(Path path) implements AutoCloseable {
    /** Mounts one in the folder. */
    public static SmallVolume mount(Path folder) throws IOException, InterruptedException {
        Path path = Files.createDirectory(folder.resolve("volume"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", path.toString()),
                "a tmpfs of 64 MB could not be mounted; this needs root");
        return new SmallVolume(path);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    /** Writes a file that takes all that is left, and returns it; when it is deleted, there is room again. */
    public Path fillUp() throws IOException {
        Path ballast = path.resolve("ballast");
        for (int step : new int[] {1 << 20, 4096}) {
            byte[] piece = new byte[step];
            boolean full = false;
            while (!full) {
                full = !fits(ballast, piece);
            }
        }
        return ballast;
    }

    private static boolean fits(Path file, byte[] piece) throws IOException {
        try {
            Files.write(file, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No space")) {
                return false;
            }
            throw e;
        }
    }

    /** Takes it away; fails when something still holds a file of it. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", path.toString())) {
            throw new IllegalStateException("something still holds the volume " + path);
        }
    }
}
