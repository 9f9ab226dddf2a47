package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.faults.ActiveFault;
import dev.fairlead.testkit.faults.AppendFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many keys are parked, sent again and settled at the same time, on a log that is slow, or fails. */
class ParkingFaultsTest {
    private static final String NAME = "checkout.sale.parked.shipping.labels";
    private static final int KEYS = 8;
    private static final int STEPS = 30;
    private static final int OPENINGS = 30;

    private final SettableTime time = SettableTime.create();

    @TempDir
    Path folder;

    private FaultyMechanism mechanism;

    @BeforeEach
    void open() {
        mechanism = FaultyMechanism.around(
                EmbeddedMechanism.open(new MechanismOpening(Map.of("durability", "D0"), folder, TimeSource.SYSTEM)),
                time,
                7);
        ParkingLog.define(NAME, mechanism, mechanism, Durability.D0);
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    private Parking parking() {
        return new Parking(new ParkingLog(NAME, mechanism), "shipping", TimeSource.SYSTEM, 0);
    }

    private static String key(int number) {
        return "k" + number;
    }

    private static LogRecord record(int key, long offset) {
        return new LogRecord(offset, key(key).getBytes(UTF_8), new byte[] {1}, ("payload " + offset).getBytes(UTF_8));
    }

    @Test
    void changesOfSeveralKeysWaitForTheDiskTogether() throws Exception {
        try (Parking parking = parking();
                ExecutorService lanes = Executors.newFixedThreadPool(KEYS)) {
            together(lanes, key -> parking.park(record(key, key), 3, "down"));
            assertThat(parking.total()).isEqualTo(KEYS);
            together(
                    lanes,
                    key -> parking.handled(key(key), parking.first(key(key)).orElseThrow()));
            assertThat(parking.total()).isZero();
        }
    }

    private interface Change {
        void of(int key);
    }

    /** Nothing is acknowledged before all have begun. */
    private void together(ExecutorService lanes, Change change) throws Exception {
        ActiveFault slow = mechanism.onAppend(NAME, AppendFault.delay(Duration.ofSeconds(1)));
        List<Future<?>> begun = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            int number = key;
            begun.add(lanes.submit(() -> change.of(number)));
        }
        await().until(() -> slow.bites() == KEYS);
        slow.heal();
        time.advance(Duration.ofSeconds(2));
        for (Future<?> each : begun) {
            each.get();
        }
    }

    @Test
    void whatIsBelievedStandsInTheLogWhateverFailedMeanwhile() throws Exception {
        List<ActiveFault> faults = Stream.of(
                        AppendFault.fail(ErrorCode.UNREACHABLE),
                        AppendFault.unknownWritten(),
                        AppendFault.unknownLost())
                .map(fault -> mechanism.onAppend(NAME, fault.withChance(0.1)))
                .toList();
        List<LaneAtWork> lanes =
                IntStream.range(0, KEYS).mapToObj(LaneAtWork::new).toList();
        for (int opening = 0; opening < OPENINGS; opening++) {
            try (Parking parking = parking()) {
                assertKnown(parking, lanes);
                atWork(parking, lanes);
                faults.forEach(ActiveFault::heal);
                lanes.forEach(lane -> parking.redriven(key(lane.key)));
                assertKnown(parking, lanes);
                faults.forEach(ActiveFault::resume);
            }
        }
        assertThat(faults).allSatisfy(fault -> assertThat(fault.bites()).isGreaterThan(50));
    }

    private static void atWork(Parking parking, List<LaneAtWork> lanes) throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> working = lanes.stream()
                    .<Future<?>>map(lane -> threads.submit(() -> lane.run(parking)))
                    .toList();
            Future<?> asking = threads.submit(
                    () -> askAgainAndAgain(parking, () -> working.stream().allMatch(Future::isDone)));
            for (Future<?> each : working) {
                each.get();
            }
            asking.get();
        }
    }

    /** As an operator does, who also takes back what cannot begin. */
    private static void askAgainAndAgain(Parking parking, BooleanSupplier ended) {
        while (!ended.getAsBoolean()) {
            for (int key = 0; key < KEYS; key++) {
                String name = key(key);
                insist(() -> parking.redrive(name));
                insist(() -> parking.redriven(name));
            }
        }
    }

    private static void assertKnown(Parking parking, List<LaneAtWork> lanes) {
        assertThat(parking.damaged()).isZero();
        assertThat(parking.redrives()).isEmpty();
        for (LaneAtWork lane : lanes) {
            assertThat(parking.count(key(lane.key))).isEqualTo(lane.parked.size());
            lane.parked.forEach((offset, attempts) -> {
                Kept kept = parking.find(key(lane.key), offset).orElseThrow();
                assertThat(kept.attempts()).isEqualTo(attempts);
                assertThat(parking.record(kept)).usingRecursiveComparison().isEqualTo(record(lane.key, offset));
            });
        }
    }

    private static void insist(Runnable change) {
        for (boolean done = false; !done; ) {
            try {
                change.run();
                done = true;
            } catch (FairleadException failed) {
                assertThat(failed.code()).isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
            }
        }
    }

    /** What the thread of a lane does with its key, and what must be parked of it then. */
    private static final class LaneAtWork {
        private final int key;
        private final Random random;
        private final TreeMap<Long, Integer> parked = new TreeMap<>();
        private long steps;

        LaneAtWork(int key) {
            this.key = key;
            this.random = new Random(key);
        }

        void run(Parking parking) {
            for (int step = 0; step < STEPS; step++) {
                long offset = steps++ * KEYS + key;
                if (parked.isEmpty()) {
                    insist(() -> parking.park(record(key, offset), 3, "down"));
                    parked.put(offset, 3);
                    continue;
                }
                Kept first = parking.first(key(key)).orElseThrow();
                assertThat(first.origin()).isEqualTo(parked.firstKey());
                switch (random.nextInt(6)) {
                    case 0, 1 -> {
                        insist(() -> parking.parkBehind(record(key, offset)));
                        parked.put(offset, 0);
                    }
                    case 2 -> {
                        insist(() -> parking.failedAgain(key(key), first, first.attempts() + 1, "still down"));
                        parked.put(first.origin(), first.attempts() + 1);
                    }
                    case 3 -> {
                        insist(() -> parking.dismissed(key(key), first, "entered twice"));
                        parked.remove(first.origin());
                    }
                    case 4 -> {
                        insist(() -> parking.handled(key(key), first));
                        parked.remove(first.origin());
                    }
                    default -> {
                        insist(() -> parking.redriven(key(key)));
                        parking.noted(offset);
                    }
                }
            }
        }
    }
}
