package dev.fairlead.mechanisms.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A volume of 64 MB, which only a privileged user can make; for others the test is reported as aborted. */
record SmallVolume(Path path) implements AutoCloseable {
    static SmallVolume mount(Path folder) throws IOException, InterruptedException {
        Path path = Files.createDirectory(folder.resolve("volume"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", path.toString()),
                "a tmpfs of 64 MB could not be mounted; this needs root");
        return new SmallVolume(path);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .inheritIO()
                .redirectErrorStream(true)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** A file that takes all that is left. */
    Path fillUp() throws IOException {
        Path ballast = path.resolve("ballast");
        for (int step : new int[] {1 << 20, 4096}) {
            byte[] piece = new byte[step];
            try {
                while (true) {
                    Files.write(ballast, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space");
            }
        }
        return ballast;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        assertThat(run("umount", path.toString()))
                .as("nothing holds the volume")
                .isTrue();
    }
}
