package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.failure;
import static dev.fairlead.mechanisms.embedded.Records.open;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.testkit.DataFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A write-ahead log that is written over an older one has old records behind its end. What was acknowledged is told from them, after a
 * kill and after damage. The folder is copied while the store is open: that is what a kill leaves.
 */
class ReusedLogTest {
    private static final int BATCH = 100;
    private static final int MOST_BATCHES = 4000;
    private static final String FILLING = "x".repeat(200);

    @TempDir
    Path folder;

    private EmbeddedMechanism mechanism;
    private LogWriter writer;
    private int count;
    private Path newest = Path.of("");

    @BeforeEach
    void writeUntilALogIsReused() throws IOException {
        mechanism = open(folder, Durability.D2);
        writer = Records.writer(mechanism, "a", Durability.D2);
        Set<Object> seen = new HashSet<>();
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            append();
            Path now = newestLog(folder);
            if (now.equals(newest)) {
                continue;
            }
            newest = now;
            if (!seen.add(Files.readAttributes(now, "unix:ino").get("ino"))) {
                append();
                return;
            }
        }
        throw new AssertionError("no log was reused by " + count + " records");
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    private void append() {
        List<LogEntry> entries = Records.numbered(count, BATCH, 7).stream()
                .map(entry -> new LogEntry(
                        entry.key(),
                        entry.header(),
                        (new String(entry.payload(), ISO_8859_1) + FILLING).getBytes(ISO_8859_1)))
                .toList();
        writer.append(0, entries).join();
        count += BATCH;
    }

    private static Path newestLog(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve("db"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max((one, other) -> one.getFileName().compareTo(other.getFileName()))
                    .orElseThrow();
        }
    }

    /** A copy of one moment: files that came, grew or went meanwhile make it none. */
    private Path killed() {
        Path copy = folder.resolve("killed");
        await().ignoreExceptions().atMost(Duration.ofMinutes(1)).until(() -> {
            Map<Path, Long> before = files();
            for (Path file : before.keySet()) {
                Path target = copy.resolve(folder.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.exists(file)) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return before.equals(files()) && without(copy, before);
        });
        return copy;
    }

    private Map<Path, Long> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .collect(
                            Collectors.toMap(file -> file, file -> file.toFile().length()));
        }
    }

    /** Removes what an earlier try had copied and the store has no more. */
    private boolean without(Path copy, Map<Path, Long> store) throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!store.containsKey(folder.resolve(copy.relativize(file).toString()))) {
                    Files.delete(file);
                }
            }
        }
        return true;
    }

    private static int last(byte[] bytes, String text) {
        return new String(bytes, ISO_8859_1).lastIndexOf(text);
    }

    private static void expectAll(Path folder, int count) {
        try (EmbeddedMechanism opened = open(folder, Durability.D2)) {
            List<String> texts = Records.texts(opened, "a");
            assertThat(texts).hasSize(count);
            for (int number = 0; number < count; number++) {
                assertThat(texts.get(number)).isEqualTo("k" + number % 7 + "=payload of " + number + FILLING);
            }
        }
    }

    @Test
    void everythingAcknowledgedIsThereAfterAKillAndNothingOlderComesBack() throws IOException {
        byte[] log = Files.readAllBytes(newest);
        assertThat(log.length)
                .as("old records behind the end")
                .isGreaterThan(last(log, "payload of " + (count - 1)) + 1_000_000);
        Path copy = killed();
        expectAll(copy, count);
        expectAll(copy, count);
    }

    @Test
    void whatIsAppendedAfterAKillFollowsWhatWasAcknowledged() throws IOException {
        Path copy = killed();
        mechanism.close();
        mechanism = open(copy, Durability.D2);
        writer = mechanism.claim("a", "test");
        for (int batch = 0; batch < 100; batch++) {
            append();
        }
        mechanism.close();
        expectAll(copy, count);
    }

    @Test
    void aFlippedByteInAnAcknowledgedRecordIsRefused() throws IOException {
        Path copy = killed();
        Path log = newestLog(copy);
        byte[] bytes = Files.readAllBytes(log);
        bytes[last(bytes, "payload of " + (count - 1))] ^= 0x10;
        Files.write(log, bytes);
        refused(copy);
        refused(copy);
    }

    @Test
    void aLogThatWasCutBeforeItsEndIsRefused() throws IOException {
        Path copy = killed();
        Path log = newestLog(copy);
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, last(bytes, "payload of " + (count - 1))));
        refused(copy);
        refused(copy);
    }

    @Test
    void damageBehindTheEndHurtsNobody() throws IOException {
        Path copy = killed();
        Path log = newestLog(copy);
        byte[] bytes = Files.readAllBytes(log);
        int behind = last(bytes, "payload of " + (count - 1)) + 200_000;
        for (int at = behind; at < bytes.length; at += 977) {
            bytes[at] ^= 0x10;
        }
        Files.write(log, bytes);
        expectAll(copy, count);
    }

    @Test
    void whatIsErasedStandsInNoOldLogAndBehindTheEndOfNone() throws IOException {
        int newest = (count - 1) / 7 * 7;
        assertThat(holding(newest)).isNotEmpty();
        long below = writer.append(0, List.of(Records.entry("k0", "erased")))
                .join()
                .first()
                .offset();

        writer.erase(0, "k0".getBytes(ISO_8859_1), below);

        Pattern record = Pattern.compile("payload of (\\d+)x");
        for (Path file : DataFiles.holding(folder.resolve("data"), "payload of ")) {
            Matcher found = record.matcher(content(file));
            while (found.find()) {
                assertThat(Integer.parseInt(found.group(1)) % 7)
                        .as("the key of %s in %s", found.group(), file)
                        .isNotZero();
            }
        }
        assertThat(holding(newest + 1)).isNotEmpty();
    }

    private List<Path> holding(int number) {
        return DataFiles.holding(folder.resolve("data"), "payload of " + number + "x");
    }

    /** What the file holds; nothing, if it is gone by now. */
    private static String content(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }

    private static void refused(Path folder) {
        assertThat(failure(ErrorCode.STORAGE_DAMAGED, () -> open(folder, Durability.D2)))
                .hasMessageContaining("data folder ");
    }
}
