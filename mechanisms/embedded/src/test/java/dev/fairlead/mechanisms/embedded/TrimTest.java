package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that keep their records for a time. */
class TrimTest {
    private static final Duration KEPT = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();

    @Test
    void whatIsOlderGoesAndWhatIsYoungerStays() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1, time)) {
            LogWriter writer = Records.writer(mechanism, "a", new Retention.KeepFor(KEPT), Durability.D1);
            writer.append(0, Records.numbered(0, 10, 3)).join();
            time.advance(Duration.ofMinutes(40));
            writer.append(0, Records.numbered(10, 5, 3)).join();
            mechanism.applyRetention();
            assertThat(mechanism.bounds("a", 0).start()).isZero();
            time.advance(Duration.ofMinutes(40));
            mechanism.applyRetention();
            assertThat(mechanism.bounds("a", 0)).isEqualTo(new LogBounds(10, 10, 15));
            assertThat(Records.readAll(mechanism, "a"))
                    .extracting(LogRecord::offset)
                    .containsExactly(10L, 11L, 12L, 13L, 14L);
        }
    }

    @Test
    void anEmptiedLogGoesOnWithItsOffsetsAfterReopening() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1, time)) {
            LogWriter writer = Records.writer(mechanism, "a", new Retention.KeepFor(KEPT), Durability.D1);
            writer.append(0, Records.numbered(0, 10, 3)).join();
            time.advance(KEPT.plusMinutes(1));
            mechanism.applyRetention();
        }
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1, time)) {
            assertThat(mechanism.bounds("a", 0)).isEqualTo(new LogBounds(10, 10, 10));
            LogWriter writer = mechanism.claim("a", "test");
            assertThat(Records.append(writer, "k", "v").first().offset()).isEqualTo(10);
            assertThat(Records.texts(mechanism, "a")).containsExactly("k=v");
        }
    }

    @Test
    void aReaderThatWasOvertakenIsTold() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0, time)) {
            LogWriter writer = Records.writer(mechanism, "a", new Retention.KeepFor(KEPT), Durability.D0);
            writer.append(0, Records.numbered(0, 10, 3)).join();
            try (LogReader reader = mechanism.read("a", 0, 0)) {
                assertThat(reader.poll(2, Records.PATIENCE).records()).hasSize(2);
                time.advance(KEPT.plusMinutes(1));
                mechanism.applyRetention();
                writer.append(0, Records.numbered(10, 1, 3)).join();
                LogBatch batch = reader.poll(10, Records.PATIENCE);
                assertThat(batch.records()).extracting(LogRecord::offset).containsExactly(10L);
                assertThat(batch.bounds().start()).isEqualTo(10);
            }
        }
    }

    @RepeatedTest(10)
    void aReaderThatIsOvertakenAllTheTimeNeverTakesItForDamage() throws Exception {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0, time);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            LogWriter writer = Records.writer(mechanism, "a", new Retention.KeepFor(KEPT), Durability.D0);
            Future<Long> reading = threads.submit(() -> readJumping(mechanism, 40_000));
            for (int i = 0; i < 40_000; i += 10) {
                writer.append(0, Records.numbered(i, 10, 3)).join();
                if (i % 200 == 0) {
                    time.advance(Duration.ofMinutes(20));
                    mechanism.applyRetention();
                }
            }
            assertThat(reading.get()).isPositive();
        }
    }

    private static long readJumping(EmbeddedMechanism mechanism, long until) {
        long read = 0;
        try (LogReader reader = mechanism.read("a", 0, 0)) {
            while (reader.next() < until) {
                long expected = reader.next();
                LogBatch batch = reader.poll(3, Records.PATIENCE);
                for (LogRecord record : batch.records()) {
                    if (record.offset() != expected) {
                        assertThat(batch.bounds().start()).isGreaterThan(expected);
                    }
                    expected = record.offset() + 1;
                    read++;
                }
                if (read % 7 == 0) {
                    reader.seek(Math.max(0, reader.next() - 500));
                    if (mechanism.bounds("a", 0).end() == until) {
                        reader.seek(until);
                    }
                }
            }
        }
        return read;
    }
}
