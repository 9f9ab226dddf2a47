package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCommandTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatItFormatted() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "service:   a   # the first\n");

        assertThat(CommandRun.of("fmt", "--check", folder))
                .isEqualTo(new CommandRun(1, "would change " + file + "\n", ""));
        assertThat(Files.readString(file)).isEqualTo("service:   a   # the first\n");
        assertThat(CommandRun.of("fmt", folder)).isEqualTo(new CommandRun(0, "formatted " + file + "\n", ""));
        assertThat(Files.readString(file)).startsWith("service: a").endsWith("# the first\n");
        assertThat(CommandRun.of("fmt", folder)).isEqualTo(new CommandRun(0, "", ""));
        assertThat(CommandRun.of("fmt", "--check", folder)).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void refusesFilesThatDoNotParse() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "service: [\n");

        CommandRun run = CommandRun.of("fmt", folder);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith(file + ":2:1: not valid YAML");
        assertThat(Files.readString(file)).isEqualTo("service: [\n");
    }
}
