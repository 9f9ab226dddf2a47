package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    private Path folder;

    @Test
    void writesAPlanThatIsValidCommentedAndFormatted() throws IOException {
        Path plan = folder.resolve("deep/plan");

        CommandRun run = CommandRun.of("init", plan);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("wrote " + plan.resolve("catalog.yaml"), "Now run: fairlead plan " + plan);
        assertThat(CommandRun.of("plan", plan).exitCode()).isZero();
        assertThat(CommandRun.of("fmt", "--check", plan)).isEqualTo(new CommandRun(0, "", ""));
        assertThat(Files.readString(plan.resolve("catalog.yaml"))).contains("# ");
    }

    @Test
    void neverOverwritesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("checkout.yaml"), "service: mine\n");

        CommandRun run = CommandRun.of("init", folder);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("fairlead: " + file + " is already there; name an empty or new folder (see `fairlead init"
                        + " --help`)\n");
        assertThat(Files.readString(file)).isEqualTo("service: mine\n");
        assertThat(folder.resolve("landscape.yaml")).doesNotExist();
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        CommandRun run = CommandRun.of("init", file.resolve("plan"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("fairlead: cannot write to ").hasLineCount(1);
    }
}
