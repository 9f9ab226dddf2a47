package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 runs in the process of its service, so the D1 that it is given has to stand a kill of that. */
class H2KillTest {
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() {
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

    @Test
    void whatAReaderHasSeenIsThereAfterAKill() {
        String said;
        try (ChildJvm child =
                ChildJvm.of(SeeingChild.class).showErrors().start("jdbc:h2:held:" + folder.resolve("data"))) {
            said = child.line();
        }
        try (SqlMechanism mechanism = AppendingChild.open("jdbc:h2:file:" + folder.resolve("data"))) {
            assertThat(mechanism.bounds("log", 0).end())
                    .as("the records after a kill, before which the second was taken back and not %s", said)
                    .isEqualTo(1);
            assertThat(said).isEqualTo("waits");
        }
    }

    /** The last offset that the child said. */
    private static long appendAndKill(String url, int lines) {
        try (ChildJvm child = ChildJvm.of(AppendingChild.class).showErrors().start(url)) {
            String last = "-1";
            for (int i = 0; i < lines; i++) {
                last = child.line();
                assertThat(last).as("the child ended by itself").isNotNull();
            }
            child.kill();
            for (String late = child.line(); late != null; late = child.line()) {
                last = late;
            }
            return Long.parseLong(last);
        }
    }
}
