package dev.fairlead.planner.formulas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.formulas.StateNumbers.Input;
import java.util.OptionalDouble;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateNumbersTest {
    private static final StateNumbers.Weights WEIGHTS = new StateNumbers.Weights(1, 3, 120, 700, 2.5, 80, 50_000_000);

    private static StateNumbers numbers(
            double keys, double size, double changes, double within, double reads, double instances, double hot) {
        return new StateNumbers(keys, size, changes, reads, within, instances, hot, 0, WEIGHTS);
    }

    /** A list of countries, a catalogue, vehicles on the road and credit limits, each worked out by hand. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    300,     400,  0.0005, 3600, 200,  6,  1,    1.000, 0.08,  0.1,    0.0,   0.3,  0.00, 0.003, 0.25,   true,  0.04
                    200000,  1200, 5,      30,   400,  6,  0.2,  0.231, 307.7, 584.6,  39.6,  616,  5.28, 30,    923.1,  true,  153.8
                    200000,  1200, 5,      30,   3000, 20, 0.2,  0.692, 923.1, 1753.8, 132.0, 616,  5.28, 100,   2769.2, true,  138.5
                    200000,  1200, 5,      30,   0.5,  1,  0.01, 0.007, 0.5,   0.9,    6.6,   616,  5.28, 5,     1.5,    false, 1.5
                    50000,   150,  10000,  5,    300,  4,  0.1,  0.231, 230.8, 196.2,  10800, 22.8, 0.27, 40000, 692.3,  false, 173.1
                    50000,   150,  10000,  5,    1,    2,  0.01, 0.010, 1.0,   0.8,    5400,  22.8, 0.27, 20000, 3.0,    false, 1.5
                    5000000, 300,  20,     0,    150,  6,  0.05, 0.000, 150,   150,    50.4,  4150, 42.0, 120,   450,    true,
                    """)
    void agreesWithWhatWasWorkedOutByHand(
            double keys,
            double size,
            double changes,
            double within,
            double reads,
            double instances,
            double hot,
            double hitShare,
            double calls,
            double pullKilobytes,
            double pushKilobytes,
            double megabytes,
            double seconds,
            double pushCost,
            double pullCost,
            boolean feedIsCheaper,
            Double flip) {
        StateNumbers numbers = numbers(keys, size, changes, within, reads, instances, hot);

        assertThat(numbers.hitShare()).isCloseTo(hitShare, Offset.offset(0.0005));
        assertThat(numbers.calls()).isCloseTo(calls, Offset.offset(0.05));
        assertThat(numbers.callBytes()).isCloseTo(pullKilobytes * 1e3, Offset.offset(60.0));
        assertThat(numbers.pushedBytes()).isCloseTo(pushKilobytes * 1e3, Offset.offset(60.0));
        assertThat(numbers.copyBytes()).isCloseTo(megabytes * 1e6, Offset.offset(0.06e6));
        assertThat(numbers.loadingSeconds()).isCloseTo(seconds, Offset.offset(0.006));
        assertThat(numbers.pushCost()).isCloseTo(pushCost, Offset.offset(0.0005));
        assertThat(numbers.pullCost()).isCloseTo(pullCost, Offset.offset(0.05));
        assertThat(numbers.isFeedCheaper()).isEqualTo(feedIsCheaper);
        if (flip != null) {
            assertThat(numbers.breakEven(Input.CHANGES).orElseThrow()).isCloseTo(flip, Offset.offset(0.05));
        }
    }

    @Test
    void theWebShopAsksFromALimitOfSoManySecondsOn() {
        StateNumbers web = numbers(200_000, 1200, 5, 30, 3000, 20, 0.2);

        assertThat(web.breakEven(Input.WITHIN).orElseThrow()).isCloseTo(1186.7, Offset.offset(0.05));
        assertThat(numbers(200_000, 1200, 5, 30, 0.5, 1, 0.01).breakEven(Input.WITHIN))
                .as("asking is cheaper at any age")
                .isEmpty();
    }

    @Test
    void vehiclesAreAskedForEvenWhenConflated() {
        StateNumbers vehicles = new StateNumbers(50_000, 150, 10_000, 300, 5, 4, 0.1, 5, WEIGHTS);

        assertThat(vehicles.passedChanges()).isCloseTo(6321, Offset.offset(0.5));
        assertThat(vehicles.pushCost()).isCloseTo(25_285, Offset.offset(0.5));
        assertThat(vehicles.isFeedCheaper()).isFalse();
    }

    @Test
    void bothWaysCostTheSameAtTheBreakEven() {
        Random random = new Random(42);
        int found = 0;
        for (int i = 0; i < 2_000; i++) {
            StateNumbers numbers = new StateNumbers(
                    spread(random, 1, 1e7),
                    spread(random, 10, 1e5),
                    spread(random, 1e-4, 1e5),
                    spread(random, 1e-2, 1e5),
                    spread(random, 1e-2, 1e4),
                    1 + random.nextInt(30),
                    spread(random, 0.01, 1),
                    random.nextBoolean() ? 0 : spread(random, 0.01, 10),
                    WEIGHTS);
            for (Input input : Input.values()) {
                OptionalDouble at = numbers.breakEven(input);
                if (at.isPresent()) {
                    StateNumbers there = numbers.with(input, at.getAsDouble());
                    assertThat(there.pushCost())
                            .as("%s of %s at %s", input, numbers, at)
                            .isCloseTo(there.pullCost(), Offset.offset(there.pullCost() * 1e-5));
                    found++;
                }
            }
        }
        assertThat(found).isGreaterThan(5_000);
    }

    private static double spread(Random random, double from, double to) {
        return from * Math.pow(to / from, random.nextDouble());
    }

    @Test
    void nothingReadAndNothingChangedIsADraw() {
        StateNumbers nothing = numbers(1, 1, 0, 1, 0, 1, 1);

        assertThat(nothing.margin()).isEqualTo(1);
        assertThat(nothing.isFeedCheaper()).isFalse();
        assertThat(Input.values())
                .allSatisfy(input -> assertThat(nothing.breakEven(input)).isEmpty());
    }

    @Test
    void theLargestNumbersOfAPlanGiveNumbers() {
        StateNumbers huge = numbers(1e15, 1e15, 1e15, 9e9, 1e15, 1e15, 1);

        assertThat(huge.hitShare()).isBetween(0.0, 1.0);
        assertThat(huge.pushedBytes()).isFinite();
        assertThat(huge.copyBytes()).isFinite();
        assertThat(huge.margin()).isGreaterThanOrEqualTo(1);
        assertThat(numbers(1, 1, 1e15, 9e9, 1e15, 1, 1e-9).calls())
                .isGreaterThanOrEqualTo(0)
                .isFinite();
    }

    @Test
    void snapshotsAreSmallerWhenMoreChangesThanThereAreKeys() {
        assertThat(numbers(500, 1, 25_000, 1, 1, 1, 1).isSnapshotSmaller()).isTrue();
        assertThat(numbers(500, 1, 400, 1, 1, 1, 1).isSnapshotSmaller()).isFalse();
        assertThat(numbers(500, 1, 400, 0, 1, 1, 1).isSnapshotSmaller()).isFalse();
    }
}
