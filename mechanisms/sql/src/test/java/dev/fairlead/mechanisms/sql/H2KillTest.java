package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 runs in the process of its service, so the D1 that it is given has to stand a kill of that. */
class H2KillTest {
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("data");
        for (int kill = 0; kill < KILLS; kill++) {
            long acknowledged = appendAndKill(url, 40 + 17 * kill);
            try (SqlMechanism mechanism = AppendingChild.open(url);
                    LogReader reader = mechanism.read("log", 0, 0)) {
                long end = mechanism.bounds("log", 0).end();
                assertThat(end).isGreaterThan(acknowledged);
                for (long expected = 0; expected < end; ) {
                    for (LogRecord record :
                            reader.poll(1000, Duration.ofSeconds(1)).records()) {
                        assertThat(record.offset()).isEqualTo(expected);
                        assertThat(new String(record.payload(), UTF_8)).isEqualTo(Long.toString(expected++));
                    }
                }
            }
        }
    }

    /** The last offset that the child said. */
    private static long appendAndKill(String url, int lines) throws Exception {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingChild.class.getName(),
                        url))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            String line = "-1";
            for (int i = 0; i < lines; i++) {
                line = said.readLine();
                assertThat(line).as("the child ended by itself").isNotNull();
            }
            child.toHandle().destroyForcibly(); // which leaves what it said to be read
            child.waitFor();
            for (String late = said.readLine(); late != null; late = said.readLine()) {
                line = late;
            }
            return Long.parseLong(line);
        }
    }
}
