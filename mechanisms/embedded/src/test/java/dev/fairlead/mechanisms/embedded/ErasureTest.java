package dev.fairlead.mechanisms.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.DataFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is erased is in no file and in no reader's memory. */
class ErasureTest {
    private static final String MARKER = "a-marker-that-stands-nowhere-else";
    private static final byte[] KEY = "17850".getBytes(UTF_8);

    @TempDir
    Path folder;

    @Test
    void leavesNoByteOfTheContentInTheFiles() {
        try (EmbeddedMechanism mechanism = Records.open(folder, Durability.D2)) {
            LogWriter writer = writer(mechanism);
            secrets(writer, 3);
            mechanism.applyRetention();
            secrets(writer, 200);
            assertThat(DataFiles.holding(folder, MARKER))
                    .as("files with the marker, before")
                    .isNotEmpty();

            writer.erase(0, KEY, append(writer, KEY, ""));

            assertThat(DataFiles.holding(folder, MARKER)).isEmpty();
            assertThat(DataFiles.holding(folder, "of another key")).isNotEmpty();
        }
        assertThat(DataFiles.holding(folder, MARKER)).isEmpty();
    }

    @Test
    void goesFromFilesThatWereWrittenLongAgo() {
        try (EmbeddedMechanism mechanism = Records.open(folder, Durability.D1)) {
            secrets(writer(mechanism), 50);
        }
        try (EmbeddedMechanism mechanism = Records.open(folder, Durability.D1)) {
            LogWriter writer = writer(mechanism);
            append(writer, "other".getBytes(UTF_8), "x".repeat(300_000));
            writer.erase(0, KEY, append(writer, KEY, ""));
            assertThat(DataFiles.holding(folder, MARKER)).isEmpty();
            assertThat(Records.readAll(mechanism, "a").stream().filter(LogRecord::isErased))
                    .hasSize(50);
        }
    }

    @Test
    void finishesWhatStoppedBeforeTheFilesWereRewritten() {
        try (EmbeddedMechanism mechanism = Records.open(folder, Durability.D1)) {
            LogWriter writer = writer(mechanism);
            secrets(writer, 50);
            long below = append(writer, KEY, "");
            assertThat(writer.erase(0, KEY, below)).isEqualTo(50);
            assertThat(writer.erase(0, KEY, below)).isZero();
            secrets(writer, 1);
            assertThat(DataFiles.holding(folder, MARKER)).isNotEmpty();
            writer.erase(0, KEY, append(writer, KEY, ""));
            assertThat(DataFiles.holding(folder, MARKER)).isEmpty();
        }
    }

    @Test
    void aReaderThatHasFetchedItFromTheFilesDoesNotHandItOut() {
        try (EmbeddedMechanism mechanism = Records.open(folder, Durability.D1)) {
            secrets(writer(mechanism), 50);
        }
        try (EmbeddedMechanism mechanism = Records.open(folder, Durability.D1);
                LogReader reader = mechanism.read("a", 0, 0)) {
            assertThat(reader.poll(1, Records.PATIENCE).records()).hasSize(1);
            eraseAndExpectNoMarker(writer(mechanism), reader);
        }
    }

    @Test
    void aReaderThatHoldsItInMemoryDoesNotHandItOut() {
        try (EmbeddedMechanism mechanism = Records.open(folder, Durability.D1)) {
            LogWriter writer = writer(mechanism);
            LogReader reader = mechanism.read("a", 0, 0);
            LogEntry secret = new LogEntry(KEY, new byte[] {1}, MARKER.getBytes(UTF_8));
            writer.append(0, Collections.nCopies(50, secret)).join();
            assertThat(reader.poll(1, Records.PATIENCE).records()).hasSize(1);
            eraseAndExpectNoMarker(writer, reader);
        }
    }

    private static void eraseAndExpectNoMarker(LogWriter writer, LogReader reader) {
        long below = append(writer, KEY, "");
        writer.erase(0, KEY, below);
        expectNoMarker(reader, below);
    }

    private static void expectNoMarker(LogReader reader, long below) {
        while (reader.next() <= below) {
            for (LogRecord record : reader.poll(7, Records.PATIENCE).records()) {
                assertThat(new String(record.payload(), UTF_8)).doesNotContain(MARKER);
            }
        }
    }

    private static LogWriter writer(EmbeddedMechanism mechanism) {
        return Records.writer(mechanism, "a", new Retention.KeepAll(), Durability.D1);
    }

    /** Every other record is of another key. */
    private static void secrets(LogWriter writer, int count) {
        for (int i = 0; i < count; i++) {
            append(writer, KEY, MARKER + i);
            append(writer, "other".getBytes(UTF_8), "of another key " + i);
        }
    }

    private static long append(LogWriter writer, byte[] key, String payload) {
        return writer.append(0, List.of(new LogEntry(key, new byte[] {1}, payload.getBytes(UTF_8))))
                .join()
                .first()
                .offset();
    }
}
