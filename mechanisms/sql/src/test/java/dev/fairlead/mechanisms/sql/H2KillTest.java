package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 runs in the process of its service, so the D1 that it is given has to stand a kill of that. */
class H2KillTest {
    private static final int KILLS = 4;
    private static final int KILLS_BESIDE_OTHERS = 5;
    private static final int APPENDS_BEFORE_A_KILL = 100;

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
    void anAppendIsThereInWholeOrNotAtAllWhenOthersAreCutOffBesideIt() {
        String url = "jdbc:h2:file:" + folder.resolve("data");
        Map<String, Long> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS_BESIDE_OTHERS; kill++) {
            appendBesideOthersAndKill(url, acknowledged);
            try (SqlMechanism mechanism = AppendingChild.open(url)) {
                for (int log = 0; log < BusyChild.LOGS; log++) {
                    String name = BusyChild.name(log);
                    long end = mechanism.bounds(name, 0).end();
                    assertThat(end).isGreaterThanOrEqualTo(acknowledged.getOrDefault(name, 0L));
                    assertThat(end % BusyChild.BATCH)
                            .as("records beyond whole appends of %s", name)
                            .isZero();
                    assertThat(offsets(mechanism, name, end))
                            .as("%s, which ends at %d", name, end)
                            .isEqualTo(LongStream.range(0, end).boxed().toList());
                }
            }
        }
    }

    /** What a reader gets without waiting. */
    private static List<Long> offsets(SqlMechanism mechanism, String log, long end) {
        List<Long> offsets = new ArrayList<>();
        try (LogReader reader = mechanism.read(log, 0, 0)) {
            boolean more = end > 0;
            while (more) {
                List<LogRecord> records =
                        reader.poll(1000, Duration.ofSeconds(1)).records();
                records.forEach(record -> offsets.add(Long.parseLong(new String(record.payload(), UTF_8))));
                more = !records.isEmpty() && offsets.size() < end;
            }
        }
        return offsets;
    }

    private static void appendBesideOthersAndKill(String url, Map<String, Long> acknowledged) {
        try (ChildJvm child = ChildJvm.of(BusyChild.class).showErrors().start(url)) {
            int left = APPENDS_BEFORE_A_KILL;
            for (String line = child.line(); line != null; line = child.line()) {
                String[] words = line.split(" ");
                acknowledged.put(words[0], Long.parseLong(words[1]));
                if (--left == 0) {
                    child.kill();
                }
            }
            assertThat(left).as("appends left when the child ended").isNotPositive();
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
