package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The slots of a parking log, under what is parked and settled again and again. */
class ParkingTest {
    private static final String NAME = "checkout.sale.parked.shipping.labels";

    @TempDir
    Path folder;

    private EmbeddedMechanism mechanism;

    @BeforeEach
    void open() {
        mechanism = EmbeddedMechanism.open(new MechanismOpening(Map.of("durability", "D0"), folder, TimeSource.SYSTEM));
        ParkingLog.define(NAME, mechanism, mechanism, Durability.D0);
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    private Parking parking(long position) {
        return new Parking(new ParkingLog(NAME, mechanism), "shipping", TimeSource.SYSTEM, position);
    }

    private static LogRecord record(String key, long offset) {
        return new LogRecord(offset, key.getBytes(UTF_8), new byte[] {1, 2}, ("payload " + offset).getBytes(UTF_8));
    }

    private static String key(String key) {
        return ParkedKeys.name(key.getBytes(UTF_8));
    }

    @Test
    void theLogHoldsNoMoreThanWasParkedAtOnce() {
        try (Parking parking = parking(0)) {
            parking.park(record("stays", 0), 3, "for ever");
            for (int offset = 1; offset < 3000; offset++) {
                parking.park(record("k" + offset % 7, offset), 3, "down");
                parking.handled(
                        key("k" + offset % 7),
                        parking.first(key("k" + offset % 7)).orElseThrow());
                parking.noted(offset + 1L);
            }
        }
        assertThat(mechanism.latest(NAME, ParkingSlots.key(2))).isEmpty();
        mechanism.applyRetention();
        assertThat(stored()).isEqualTo(2);
        try (Parking again = parking(3000)) {
            assertThat(again.list(10)).containsOnlyKeys(key("stays"));
            Kept kept = again.first(key("stays")).orElseThrow();
            assertThat(kept.error()).isEqualTo("for ever");
            assertThat(again.record(kept)).usingRecursiveComparison().isEqualTo(record("stays", 0));
        }
    }

    private int stored() {
        int found = 0;
        long end = mechanism.bounds(NAME, 0).end();
        try (LogReader reader = mechanism.read(NAME, 0, 0)) {
            while (reader.next() < end) {
                found += reader.poll(1000, Duration.ofSeconds(5)).records().size();
            }
        }
        return found;
    }

    @Test
    void whatBecameOfARecordIsKnownUntilThePositionHasPassedIt() {
        try (Parking parking = parking(0)) {
            parking.park(record("a", 5), 3, "down");
            parking.dismissed(key("a"), parking.first(key("a")).orElseThrow(), "entered twice");
            parking.park(record("b", 6), 3, "down");
        }
        try (Parking again = parking(4)) {
            assertThat(again.wasParked(5)).isTrue();
            again.noted(6);
            again.park(record("c", 7), 3, "down");
        }
        assertThat(mechanism.latest(NAME, ParkingSlots.key(2))).isEmpty();
        try (Parking again = parking(6)) {
            assertThat(again.wasParked(5)).isFalse();
            assertThat(again.wasParked(6)).isTrue();
            assertThat(again.list(10)).containsOnlyKeys(key("b"), key("c"));
        }
    }

    @Test
    void aDamagedSlotIsSetAsideAndStopsNothingElse() {
        try (Parking parking = parking(0)) {
            for (int offset = 0; offset < 5; offset++) {
                parking.park(record("k" + offset, offset), 3, "down");
            }
        }
        LogRecord third = mechanism.latest(NAME, ParkingSlots.key(2)).orElseThrow();
        byte[] header = third.header().clone();
        header[header.length - 1]++;
        try (LogWriter writer = mechanism.claim(NAME, "test")) {
            writer.append(0, List.of(new LogEntry(third.key(), header, third.payload())))
                    .join();
        }
        try (Parking again = parking(5)) {
            assertThat(again.damaged()).isEqualTo(1);
            assertThat(again.total()).isEqualTo(4);
            again.handled(key("k4"), again.first(key("k4")).orElseThrow());
            again.noted(5);
            again.park(record("new", 9), 1, "down");
            again.park(record("newer", 10), 1, "down");
        }
        try (Parking again = parking(11)) {
            assertThat(again.damaged()).isEqualTo(1);
            assertThat(again.list(1)).containsOnlyKeys(key("k0"), key("k1"), key("k3"), key("new"), key("newer"));
        }
    }

    @Test
    void sendingAgainIsRememberedUntilItHasEnded() {
        try (Parking parking = parking(0)) {
            parking.park(record("a", 1), 3, "down");
            parking.park(record("b", 2), 3, "down");
            parking.redrive(key("a"));
            parking.redrive(key("nothing parked"));
        }
        try (Parking again = parking(3)) {
            assertThat(again.redrives()).containsExactly(key("a"));
            again.failedAgain(key("a"), again.first(key("a")).orElseThrow(), 6, "still down");
            again.redriven(key("a"));
        }
        try (Parking again = parking(3)) {
            assertThat(again.redrives()).isEmpty();
            assertThat(again.first(key("a")).orElseThrow().attempts()).isEqualTo(6);
            assertThat(again.record(again.first(key("a")).orElseThrow()).payload())
                    .isEqualTo("payload 1".getBytes(UTF_8));
        }
    }
}
