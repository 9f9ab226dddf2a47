package dev.fairlead.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both demos over a node, at speeds at which the services leave the stories some of the processor. */
@ExtendWith(OneAtATime.class)
@Timeout(900)
class DemosOnANodeTest {
    /** The node is a process of its own, started for the demo; a story kills it. */
    @ParameterizedTest
    @CsvSource({"trading, 1000, 8", "store, 500, 21"})
    void runsOnANode(String landscape, String speed, int checks) {
        CommandRun run = CommandRun.of("demo", landscape, "--for", "5s", "--speed", speed, "--mechanism", "http");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).contains("the node is http://127.0.0.1:");
        assertThat(run.out())
                .contains("killedServerLosesNothing", "eachServiceItsOwnProcess", "all " + checks + " checks passed");
    }

    /** The node stays up until the services have ended; they waited for it, were killed with the process, and left their folder. */
    @Test
    void aSignalEndsItBeforeTheNode(@TempDir Path folder) throws Exception {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "demo",
                        "store",
                        "--mechanism",
                        "http")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = demo.inputReader(UTF_8)) {
            assertThat(said.lines().anyMatch(line -> line.contains("story: "))).isTrue();
            assertThat(work(folder)).hasSize(1);

            demo.toHandle().destroy(); // SIGTERM; what it says can still be read

            assertThat(said.lines()).noneMatch(line -> line.contains("checks passed"));
            assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(work(folder)).isEmpty();
        } finally {
            demo.destroyForcibly();
        }
    }

    private static List<Path> work(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("fairlead-demo-"))
                    .toList();
        }
    }
}
