package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log holds is there also for a reader that a beat wakes first. */
class StoredLogTest {
    private static final String NAME = "checkout.sale";
    private static final int RECORDS = 3000;

    @TempDir
    Path folder;

    private Mechanism mechanism;
    private Log log;

    @BeforeEach
    void open() {
        mechanism = WrappedReaders.beaten(
                EmbeddedMechanism.open(new MechanismOpening(Map.of("durability", "D0"), folder, TimeSource.SYSTEM)));
        log = (Log) mechanism;
        log.define(new LogDefinition(NAME, new Retention.KeepAll(), Durability.D0));
        try (LogWriter writer = log.claim(NAME, "checkout")) {
            List<LogEntry> entries = IntStream.range(0, RECORDS)
                    .mapToObj(number -> new LogEntry(
                            ("key" + number % 10).getBytes(UTF_8), new byte[] {1}, ("value " + number).getBytes(UTF_8)))
                    .toList();
            writer.append(0, entries).join();
        }
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    @Test
    void eachRecordBetweenTheOffsetsComesOnceAndInOrder() {
        List<Long> offsets = new ArrayList<>();
        StoredLog.each(log, NAME, 10, 2990, written -> offsets.add(written.offset()));

        assertThat(offsets)
                .containsExactlyElementsOf(LongStream.range(10, 2990).boxed().toList());
    }

    @Test
    void nothingIsWaitedForBehindTheEnd() {
        try (LogReader reader = log.read(NAME, 0, RECORDS)) {
            assertThat(reader.pollStored(RECORDS, 10, Duration.ofDays(1))).isEmpty();
        }
    }

    @Test
    void aReaderThatGetsNothingSaysSoAfterItsWait() {
        try (LogReader reader = log.read(NAME, 0, RECORDS)) {
            assertThat(reader.pollStored(RECORDS + 1, 10, Duration.ofMillis(50)))
                    .isEmpty();
            assertThat(reader.next()).isEqualTo(RECORDS);
        }
    }

    @Test
    void whatIsParkedIsFoundAgain() {
        String parked = NAME + ".parked.shipping.labels";
        ParkingLog.define(parked, mechanism, log, Durability.D0);
        LogRecord record = new LogRecord(5, "a".getBytes(UTF_8), new byte[] {1, 2}, "payload".getBytes(UTF_8));
        String key = ParkedKeys.name(record.key());
        try (Parking parking = new Parking(new ParkingLog(parked, mechanism), "shipping", TimeSource.SYSTEM, 0)) {
            parking.park(record, 3, "down");
            Kept kept = parking.first(key).orElseThrow();

            assertThat(parking.record(kept)).usingRecursiveComparison().isEqualTo(record);
        }
    }

    @Test
    void aSharedLogIsReadWhole() {
        SharedLog shared = new SharedLog(NAME, log, Durability.D0);

        assertThat(shared.read()).hasSize(RECORDS);
    }
}
