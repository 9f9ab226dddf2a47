package dev.fairlead.mechanisms.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process in the middle of its appends, again and again: what it said was acknowledged must be there. */
@Tag("slow")
@Timeout(600)
class KillTest {
    private static final int LANES = 2;
    private static final int FOLDERS_PER_LANE = 10;
    private static final int KILLS_PER_FOLDER = 10;
    /** So many appends are waited for at most before the time of a kill begins: a slow machine would acknowledge hardly any until then. */
    private static final int MOST_BEFORE = 50;

    private static final Duration LATEST_KILL = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private record Acknowledged(String log, long seed, long offset, int count) {
        static Acknowledged parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Acknowledged(
                    parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), Integer.parseInt(parts[3]));
        }
    }

    @Test
    void everyAcknowledgedRecordSurvivesTwoHundredKills() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        int acknowledged = 0;
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int number = lane;
                results.add(lanes.submit(() -> runLane(number, temporary)));
            }
            for (Future<Integer> result : results) {
                acknowledged += result.get();
            }
        }
        assertThat(acknowledged)
                .as("appends that were acknowledged before a kill")
                .isGreaterThan(5000);
        assertThat(temporary).as("what killed processes left").isEmptyDirectory();
    }

    private int runLane(int lane, Path temporary) throws IOException, InterruptedException {
        int acknowledged = 0;
        for (int i = 0; i < FOLDERS_PER_LANE; i++) {
            Path place = Files.createDirectory(folder.resolve(lane + "-" + i));
            List<Acknowledged> all = new ArrayList<>();
            for (int kill = 0; kill < KILLS_PER_FOLDER; kill++) {
                long seed = (lane * FOLDERS_PER_LANE + i) * KILLS_PER_FOLDER + kill + 1L;
                all.addAll(killAtRandom(place, seed, temporary));
                check(place, all, seed);
            }
            acknowledged += all.size();
        }
        return acknowledged;
    }

    private static List<Acknowledged> killAtRandom(Path place, long seed, Path temporary) throws InterruptedException {
        try (ChildJvm child = ChildJvm.of(AppendingChild.class)
                .option("-Djava.io.tmpdir=" + temporary)
                .showErrors()
                .start(place.toString(), String.valueOf(seed))) {
            child.awaitReady();
            Random random = new Random(seed);
            List<Acknowledged> acknowledged = new ArrayList<>();
            for (int before = random.nextInt(MOST_BEFORE); before > 0; before--) {
                acknowledged.add(Acknowledged.parse(requireNonNull(child.line(), "the child ended by itself")));
            }
            ChildJvm.Killing killing = child.killWithin(LATEST_KILL, random);
            for (String line = child.line(); line != null; line = child.line()) {
                acknowledged.add(Acknowledged.parse(line));
            }
            killing.join();
            return acknowledged;
        }
    }

    private static void check(Path place, List<Acknowledged> all, long seed) {
        try (EmbeddedMechanism mechanism = Records.open(place, Durability.D2)) {
            for (String log : AppendingChild.LOGS) {
                List<LogRecord> records = read(mechanism, log);
                for (Acknowledged append : all) {
                    if (append.log().equals(log)) {
                        check(append, records, seed);
                        assertThat(mechanism.latest(log, key(append)).map(LogRecord::offset))
                                .contains(append.offset());
                    }
                }
            }
        }
    }

    private static byte[] key(Acknowledged append) {
        return AppendingChild.entries(append.seed()).getFirst().key();
    }

    private static List<LogRecord> read(EmbeddedMechanism mechanism, String log) {
        List<LogRecord> records = new ArrayList<>();
        try (LogReader reader = mechanism.read(log, 0, 0)) {
            while (reader.next() < mechanism.bounds(log, 0).end()) {
                records.addAll(reader.poll(10_000, Duration.ofSeconds(10)).records());
            }
        }
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).offset() != i) {
                throw new AssertionError("offset " + records.get(i).offset() + " stands in place " + i);
            }
        }
        return records;
    }

    private static void check(Acknowledged append, List<LogRecord> records, long seed) {
        List<LogEntry> entries = AppendingChild.entries(append.seed());
        assertThat(records.size())
                .as("the end of the log after kill " + seed + ", with " + append)
                .isGreaterThanOrEqualTo((int) append.offset() + entries.size());
        for (int i = 0; i < entries.size(); i++) {
            LogRecord record = records.get((int) append.offset() + i);
            if (!Arrays.equals(record.key(), entries.get(i).key())
                    || !Arrays.equals(record.header(), entries.get(i).header())
                    || !Arrays.equals(record.payload(), entries.get(i).payload())) {
                throw new AssertionError(
                        "kill " + seed + ": record " + i + " of " + append + " is not what was written");
            }
        }
    }
}
