package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.failure;
import static dev.fairlead.mechanisms.embedded.Records.open;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.faults.SmallVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fills a small volume: writers are told, readers go on, and nothing acknowledged is lost. */
class FullDiskTest {
    private static final int BATCH = 50;
    private static final int PAYLOAD = 500;

    @TempDir
    Path folder;

    private Path volume = Path.of("none");
    private @Nullable SmallVolume small;

    @BeforeEach
    void mount() throws Exception {
        small = SmallVolume.mount(folder);
        volume = small.path();
    }

    @AfterEach
    void unmount() throws Exception {
        if (small != null) {
            small.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"D1", "D2"})
    void failsWritersReadsOnAndResumesWhenThereIsSpaceAgain(Durability durability) throws IOException {
        Path ballast = volume.resolve("ballast");
        Files.write(ballast, new byte[16 << 20]);
        List<Long> acknowledged = new ArrayList<>();
        try (EmbeddedMechanism mechanism = open(volume, durability)) {
            LogWriter writer = Records.writer(mechanism, "a", new Retention.LatestPerKey(), durability);
            assertThat(fill(writer, acknowledged).code()).isEqualTo(ErrorCode.STORAGE_FULL);
            assertThat(acknowledged).hasSizeGreaterThan(20_000);
            assertThat(Records.readAll(mechanism, "a")).hasSize(acknowledged.size());
            mechanism.commit("a", "g", new Position(0, 7));
            assertThat(failure(writer.append(0, batch(0))).code()).isEqualTo(ErrorCode.STORAGE_FULL);

            Files.delete(ballast);
            await().atMost(Records.PATIENCE).untilAsserted(() -> {
                writer.resume();
                acknowledge(writer, acknowledged);
            });
            for (int i = 0; i < 50; i++) {
                acknowledge(writer, acknowledged);
            }
        }
        try (EmbeddedMechanism mechanism = open(volume, durability)) {
            check(Records.readAll(mechanism, "a"), acknowledged);
            assertThat(mechanism.committed("a", "g", 0)).contains(new Position(0, 7));
        }
    }

    @Test
    void survivesAVolumeThatOthersFillToTheLastByte() throws IOException {
        List<Long> acknowledged = new ArrayList<>();
        try (EmbeddedMechanism mechanism = open(volume, Durability.D2)) {
            LogWriter writer = Records.writer(mechanism, "a", Durability.D2);
            for (int i = 0; i < 100; i++) {
                acknowledge(writer, acknowledged);
            }
            Path ballast = volume().fillUp();
            assertThat(fill(writer, acknowledged).code()).isEqualTo(ErrorCode.STORAGE_FULL);
            assertThat(Records.readAll(mechanism, "a")).hasSize(acknowledged.size());
            failure(ErrorCode.STORAGE_FULL, () -> {
                for (long i = 0; i < acknowledged.size(); i++) {
                    mechanism.commit("a", "g", new Position(0, i));
                }
            });
            Files.delete(ballast);
            await().atMost(Records.PATIENCE).untilAsserted(() -> {
                writer.resume();
                acknowledge(writer, acknowledged);
            });
            check(Records.readAll(mechanism, "a"), acknowledged);
        }
        try (EmbeddedMechanism mechanism = open(volume, Durability.D2)) {
            check(Records.readAll(mechanism, "a"), acknowledged);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"D1", "D2"})
    void retentionGivesSpaceBack(Durability durability) {
        SettableTime time = SettableTime.create();
        try (EmbeddedMechanism mechanism = open(volume, durability, time)) {
            LogWriter latest = Records.writer(mechanism, "a", new Retention.LatestPerKey(), durability);
            Retention minute = new Retention.KeepFor(Duration.ofMinutes(1));
            LogWriter young = Records.writer(mechanism, "b", minute, durability);
            for (int round = 0; round < 60; round++) {
                for (int i = 0; i < 60; i++) {
                    latest.append(0, batch(i)).join();
                    young.append(0, batch(i)).join();
                }
                time.advance(Duration.ofSeconds(40));
                mechanism.applyRetention();
            }
            assertThat(mechanism.bounds("a", 0).end()).isEqualTo(60 * 60 * BATCH);
            assertThat(Records.readAll(mechanism, "a").size()).isEqualTo(59 + BATCH);
            assertThat(Records.readAll(mechanism, "b").size()).isEqualTo(60 * BATCH);
        }
    }

    @Test
    void aFullVolumeIsNamedWhenTheStoreCannotBeOpened() throws IOException {
        volume().fillUp();
        FairleadException failure = failure(ErrorCode.STORAGE_FULL, () -> open(volume, Durability.D1));
        assertThat(failure)
                .hasMessageContaining(volume.resolve("data").toRealPath().toString());
    }

    private SmallVolume volume() {
        return Objects.requireNonNull(small);
    }

    private static FairleadException fill(LogWriter writer, List<Long> acknowledged) {
        for (int i = 0; i < 100_000; i++) {
            try {
                acknowledge(writer, acknowledged);
            } catch (CompletionException e) {
                return (FairleadException) Objects.requireNonNull(e.getCause());
            }
        }
        throw new AssertionError("the volume never was full");
    }

    private static void acknowledge(LogWriter writer, List<Long> acknowledged) {
        long seed = acknowledged.size();
        long first = writer.append(0, batch(seed)).join().first().offset();
        for (int i = 0; i < BATCH; i++) {
            acknowledged.add(first + i);
        }
    }

    private static List<LogEntry> batch(long seed) {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            byte[] payload = new byte[PAYLOAD];
            new Random(seed + i).nextBytes(payload);
            entries.add(new LogEntry(("k" + (seed + i)).getBytes(US_ASCII), new byte[0], payload));
        }
        return entries;
    }

    private static void check(List<LogRecord> records, List<Long> acknowledged) {
        assertThat(records).extracting(LogRecord::offset).containsExactlyElementsOf(acknowledged);
        for (int i = 0; i < records.size(); i++) {
            byte[] payload = new byte[PAYLOAD];
            new Random(i).nextBytes(payload);
            if (!Arrays.equals(records.get(i).payload(), payload)) {
                throw new AssertionError("record " + i + " is not what was written");
            }
        }
    }
}
