package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's Ctrl-C and a supervisor's stop do to a run, in a process of its own. */
class InterruptionTest {
    @TempDir
    private Path temporary;

    @Test
    void ctrlCRestoresTheTerminalAndDeletesTheTemporaryFolder() throws Exception {
        assumeThat(isIgnored("INT"))
                .as("this process, and so its children, ignore Ctrl-C")
                .isFalse();

        Ended ended = endedBy("INT");

        assertThat(ended.exitCode()).isEqualTo(130);
        assertThat(ended.output()).startsWith("\u001b[?1049h").contains("\u001b[?25h\u001b[?1049l");
    }

    @Test
    void aStopDoesTheSame() throws Exception {
        Ended ended = endedBy("TERM");

        assertThat(ended.exitCode()).isEqualTo(143);
        assertThat(ended.output()).contains("\u001b[?25h\u001b[?1049l");
    }

    private record Ended(int exitCode, String output) {}

    private Ended endedBy(String signal) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        TradingProcess.class.getName(),
                        "BOARD",
                        "60",
                        "1000")
                .redirectError(temporary.resolve("errors").toFile())
                .start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String seen = readUntil(reader, "quotes published");
            assertThat(folders()).hasSize(1);
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            String rest = readUntil(reader, "a text that never comes");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(folders()).isEmpty();
            return new Ended(process.exitValue(), seen + rest);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What is read up to the text, or up to the end. */
    private static String readUntil(BufferedReader reader, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            seen.append((char) next);
            if (next == text.charAt(text.length() - 1) && seen.toString().endsWith(text)) {
                break;
            }
        }
        return seen.toString();
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("fairlead-demo-"))
                    .toList();
        }
    }

    private static boolean isIgnored(String signal) throws Exception {
        Process trap = new ProcessBuilder("sh", "-c", "kill -" + signal + " $$; echo ignored").start();
        return new String(trap.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("ignored");
    }
}
