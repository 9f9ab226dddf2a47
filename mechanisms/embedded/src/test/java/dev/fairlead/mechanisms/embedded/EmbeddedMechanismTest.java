package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.append;
import static dev.fairlead.mechanisms.embedded.Records.entry;
import static dev.fairlead.mechanisms.embedded.Records.failure;
import static dev.fairlead.mechanisms.embedded.Records.open;
import static dev.fairlead.mechanisms.embedded.Records.texts;
import static dev.fairlead.mechanisms.embedded.Records.writer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedMechanismTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"D0", "D1", "D2"})
    void readsWhatWasAppendedAndTellsTheLevelReached(Durability durability) {
        try (EmbeddedMechanism mechanism = open(folder, durability)) {
            LogWriter writer = writer(mechanism, "a", durability);
            assertThat(append(writer, "k", "one").durability()).isEqualTo(durability);
            assertThat(append(writer, "k", "two").first()).isEqualTo(new Position(0, 1));
            assertThat(texts(mechanism, "a")).containsExactly("k=one", "k=two");
            assertThat(mechanism.bounds("a", 0)).isEqualTo(new LogBounds(0, 0, 2));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"D1", "D2"})
    void findsEverythingAgainAfterReopening(Durability durability) {
        long epoch;
        try (EmbeddedMechanism mechanism = open(folder, durability)) {
            LogWriter writer = writer(mechanism, "a", new Retention.LatestPerKey(), durability);
            epoch = writer.epoch();
            append(writer, "k", "one");
            append(writer, "k", "two");
            mechanism.commit("a", "g", new Position(0, 1));
        }
        try (EmbeddedMechanism mechanism = open(folder, durability)) {
            assertThat(texts(mechanism, "a")).containsExactly("k=one", "k=two");
            assertThat(mechanism.committed("a", "g", 0)).contains(new Position(0, 1));
            assertThat(mechanism.latest("a", "k".getBytes(UTF_8)).map(Records::text))
                    .contains("k=two");
            assertThat(mechanism.latest("a", "other".getBytes(UTF_8))).isEmpty();
            LogWriter writer = mechanism.claim("a", "test");
            assertThat(writer.epoch()).isGreaterThan(epoch);
            assertThat(append(writer, "k", "three").first().offset()).isEqualTo(2);
        }
    }

    @Test
    void aLogOfALowerLevelIsNotSyncedByItself() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D2)) {
            assertThat(append(writer(mechanism, "a", Durability.D1), "k", "v").durability())
                    .isEqualTo(Durability.D1);
        }
    }

    @Test
    void refusesALogOfAHigherLevelThanItWasOpenedWith() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            failure(ErrorCode.CAPABILITY, () -> writer(mechanism, "a", Durability.D2));
            assertThat(mechanism.capabilities())
                    .contains(Capability.SURVIVES_KILL)
                    .doesNotContain(Capability.SURVIVES_POWER_LOSS);
        }
    }

    @Test
    void refusesALookupInALogWithoutLatestRecords() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0)) {
            writer(mechanism, "a", Durability.D0);
            failure(ErrorCode.CAPABILITY, () -> mechanism.latest("a", new byte[] {1}));
        }
    }

    @Test
    void stopsAWriterAtItsFirstFailureUntilItResumes() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0)) {
            LogWriter first = writer(mechanism, "a", Durability.D0);
            LogWriter second = mechanism.claim("a", "other");
            assertThat(failure(first.append(0, List.of(entry("k", "v")))).code())
                    .isEqualTo(ErrorCode.FENCED);
            failure(ErrorCode.FENCED, first::resume);
            failure(ErrorCode.FENCED, () -> first.beat(Instant.EPOCH));
            second.resume();
            assertThat(append(second, "k", "v").first().offset()).isZero();
        }
    }

    @Test
    void keepsTheAppendsOfOneGroupInTheirOrderAcrossLogs() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D2)) {
            List<CompletableFuture<?>> appends = new ArrayList<>();
            List<LogWriter> writers = List.of(
                    writer(mechanism, "a", Durability.D2),
                    writer(mechanism, "b", Durability.D2),
                    writer(mechanism, "c", new Retention.LatestPerKey(), Durability.D1));
            for (int i = 0; i < 3000; i++) {
                appends.add(writers.get(i % 3).append(0, Records.numbered(i, 1, 10)));
            }
            CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).join();
            for (int log = 0; log < 3; log++) {
                List<String> texts = texts(mechanism, "abc".substring(log, log + 1));
                assertThat(texts).hasSize(1000);
                for (int i = 0; i < 1000; i++) {
                    assertThat(texts.get(i)).endsWith("payload of " + (3 * i + log));
                }
            }
        }
    }

    @Test
    void takesAnAppendThatIsLargerThanABlockAsAWhole() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            LogWriter writer = writer(mechanism, "a", Durability.D1);
            List<LogEntry> entries = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                entries.add(new LogEntry(new byte[] {(byte) i}, new byte[0], new byte[i % 2 == 0 ? 1 << 20 : 10]));
            }
            writer.append(0, entries).join();
            assertThat(mechanism.bounds("a", 0).end()).isEqualTo(12);
        }
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            assertThat(Records.readAll(mechanism, "a"))
                    .extracting(record -> record.payload().length)
                    .containsExactly(1 << 20, 10, 1 << 20, 10, 1 << 20, 10, 1 << 20, 10, 1 << 20, 10, 1 << 20, 10);
        }
    }

    @Test
    void aReaderBeyondTheEndWaitsForIt() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0)) {
            LogWriter writer = writer(mechanism, "a", Durability.D0);
            try (LogReader reader = mechanism.read("a", 0, 2)) {
                writer.append(0, Records.numbered(0, 2, 1)).join();
                assertThat(reader.poll(10, Duration.ZERO).records()).isEmpty();
                append(writer, "k", "third");
                assertThat(reader.poll(10, Records.PATIENCE).records())
                        .extracting(Records::text)
                        .containsExactly("k=third");
            }
        }
    }

    @Test
    void openingsOfOneFolderShareAStoreUntilTheLastIsClosed() {
        EmbeddedMechanism first = open(folder, Durability.D0);
        EmbeddedMechanism second = open(folder, Durability.D0);
        append(writer(first, "a", Durability.D0), "k", "v");
        assertThat(texts(second, "a")).containsExactly("k=v");
        first.close();
        first.close();
        failure(ErrorCode.CLOSED, () -> first.bounds("a", 0));
        assertThat(texts(second, "a")).containsExactly("k=v");
        second.close();
        try (EmbeddedMechanism third = open(folder, Durability.D0)) {
            failure(ErrorCode.PLAN, () -> third.bounds("a", 0));
        }
    }

    @Test
    void aNewGroupHasNoPositionAndNoGroupGoesBack() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            append(writer(mechanism, "a", Durability.D1), "k", "v");
            assertThat(mechanism.committed("a", "g", 0)).isEqualTo(Optional.empty());
            mechanism.commit("a", "g", new Position(0, 1));
            failure(ErrorCode.BAD_VALUE, () -> mechanism.commit("a", "g", new Position(0, 0)));
        }
    }

    @Test
    void refusesAnotherRetention() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0)) {
            writer(mechanism, "a", Durability.D0);
            Retention other = new Retention.KeepFor(Duration.ofDays(1));
            failure(ErrorCode.PLAN, () -> mechanism.define(new LogDefinition("a", other, Durability.D0)));
        }
    }
}
