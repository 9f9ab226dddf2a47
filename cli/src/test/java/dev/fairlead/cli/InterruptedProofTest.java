package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof as a process of its own, which signals reach and which says what it has to on standard error. */
class InterruptedProofTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Path temporary() {
        return folder.resolve("temporary");
    }

    private Path err() {
        return folder.resolve("err");
    }

    private Process started(String... arguments) throws IOException {
        Files.createDirectory(temporary());
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "prove"));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err().toFile())
                .start();
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("fairlead-"))
                    .toList();
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        Process proof = started("embedded", "--only", "history");
        try {
            await().atMost(SOON).until(() -> left().stream().anyMatch(name -> name.startsWith("fairlead-history-")));
            proof.destroy();

            assertThat(proof.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(left()).as(Files.readString(err())).isEmpty();
            assertThat(Files.readString(err()))
                    .isEqualToIgnoringNewLines("fairlead: interrupted; taking away what the proof has made");
        } finally {
            proof.destroyForcibly();
        }
    }
}
