package dev.fairlead.planner.formulas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.formulas.StateNumbers.Input;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateNumbersTest {
    private static final StateNumbers.Weights WEIGHTS = new StateNumbers.Weights(1, 3, 120, 700, 2.5, 80, 50_000_000);

    private static StateNumbers numbers(
            double keys, double size, double changes, double within, double reads, double instances, double hot) {
        return new StateNumbers(keys, size, changes, reads, within, instances, hot, 0, WEIGHTS);
    }

    /** A list of countries, a catalogue, vehicles on the road and credit limits, worked out by hand to the digits given here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # N       S     U       T     R     k   n   H    | h     calls  kB/s    kB/s   MB    s     push   pull   | feed  | U*    | tail
                    300      400   0.0005  3600  200   6   2   1    | 1.000 0.08   0.1     0.0    0.3   0.00  0.003  0.25   | true  | 0.04  | .020
                    200000   1200  5       30    400   6   8   0.2  | 0.231 307.7  584.6   39.6   616   5.28  30     923.1  | true  | 153.8 | .077
                    200000   1200  5       30    3000  20  30  0.2  | 0.692 923.1  1753.8  132.0  616   5.28  100    2769.2 | true  | 138.5 | .260
                    200000   1200  5       30    0.5   1   1   0.01 | 0.007 0.5    0.9     6.6    616   5.28  5      1.5    | false | 1.5   | .010
                    50000    150   10000   5     300   4   20  0.1  | 0.231 230.8  196.2   10800  22.8  0.27  40000  692.3  | false | 173.1 | .182
                    50000    150   10000   5     1     2   1   0.01 | 0.010 1.0    0.8     5400   22.8  0.27  20000  3.0    | false | 1.5   | .010
                    5000000  300   20      0     150   6   1   0.05 | 0     150    150     50.4   4150  42.0  120    450    | true  | -     | .010
                    """)
    void agreesWithWhatWasWorkedOutByHand(
            String given, String expected, boolean feedIsCheaper, @Nullable String flip, String tail) {
        double[] in =
                Stream.of(given.split(" +")).mapToDouble(Double::parseDouble).toArray();
        StateNumbers numbers = numbers(in[0], in[1], in[2], in[3], in[4], in[5], in[7]);
        double[] found = {
            numbers.hitShare(),
            numbers.calls(),
            numbers.callBytes() / 1e3,
            numbers.pushedBytes() / 1e3,
            numbers.copyBytes() / 1e6,
            numbers.loadingSeconds(),
            numbers.pushCost(),
            numbers.pullCost()
        };

        String[] figures = expected.split(" +");
        assertThat(figures).hasSize(found.length);
        for (int number = 0; number < figures.length; number++) {
            assertThat(found[number]).as("number %s", number).satisfies(roundedTo(figures[number]));
        }
        assertThat(numbers.isFeedCheaper()).isEqualTo(feedIsCheaper);
        if (flip != null) {
            assertThat(numbers.breakEven(Input.CHANGES).orElseThrow()).satisfies(roundedTo(flip));
        }
        assertThat(Formulas.slowShare(0.01, in[6])).satisfies(roundedTo(tail));
    }

    /** Half a unit of the last digit that was written. */
    private static ThrowingConsumer<Double> roundedTo(String figure) {
        int digits = figure.contains(".") ? figure.length() - figure.indexOf('.') - 1 : 0;
        return found ->
                assertThat(found).isCloseTo(Double.parseDouble(figure), Offset.offset(0.5001 * Math.pow(10, -digits)));
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
