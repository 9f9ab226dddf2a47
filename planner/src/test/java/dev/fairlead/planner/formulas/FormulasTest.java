package dev.fairlead.planner.formulas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulasTest {
    private static Offset<Double> digits(int digits) {
        return Offset.offset(0.5001 * Math.pow(10, -digits));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 10, 0.5000", "1, 5, 0.8333", "0.02, 30, 0.3750", "0, 10, 0", "1, 0, 0"})
    void theHitShareIsThatOfACacheReadAtRandom(double reads, double lifetime, double share) {
        assertThat(Formulas.hitShare(reads, lifetime)).isCloseTo(share, digits(4));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 10", "1, 5", "0.02, 30"})
    void theHitShareIsWhatASimulatedCacheHas(double reads, double lifetime) {
        Random random = new Random(7);
        double now = 0;
        double validUntil = -1;
        int hits = 0;
        int all = 400_000;
        for (int read = 0; read < all; read++) {
            now += -Math.log(1 - random.nextDouble()) / reads;
            if (now < validUntil) {
                hits++;
            } else {
                validUntil = now + lifetime;
            }
        }
        assertThat((double) hits / all).isCloseTo(Formulas.hitShare(reads, lifetime), Offset.offset(0.003));
    }

    @ParameterizedTest
    @CsvSource({"0.01, 60, 0.7520, 5.198", "0.001, 300, 0.8639, 13.939", "1, 5, 0.1987, 1.699"})
    void whatIsPolledIsFreshForAShareOfTheTime(double changes, double interval, double fresh, double age) {
        assertThat(Formulas.freshShare(changes, interval)).isCloseTo(fresh, digits(4));
        assertThat(Formulas.meanAge(changes, interval)).isCloseTo(age, digits(3));
    }

    @Test
    void theAgeOfWhatHardlyChangesKeepsItsDigits() {
        double expected = 1e-8;
        assertThat(Formulas.meanAge(expected, 1)).isCloseTo(expected / 6, Offset.offset(expected * 1e-6));
        assertThat(Formulas.meanAge(0.00999999, 1)).isCloseTo(Formulas.meanAge(0.01000001, 1), Offset.offset(1e-8));
        assertThat(Formulas.freshShare(0, 60)).isEqualTo(1);
        assertThat(Formulas.freshShare(1e15, 1e9)).isCloseTo(0, Offset.offset(1e-12));
        assertThat(Formulas.meanAge(1e15, 1e3)).isCloseTo(500, Offset.offset(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"5, 0.0490", "10, 0.0956", "20, 0.1821", "100, 0.6340", "1, 0.01"})
    void oneOfManyCallsIsSlowMoreOftenThanOne(double calls, double share) {
        assertThat(Formulas.slowShare(0.01, calls)).isCloseTo(share, digits(4));
    }

    @Test
    void eachOfManyCallsMustKeepAHigherQuantile() {
        assertThat(Formulas.quantileOfEach(0.99, 10)).isCloseTo(0.999, Offset.offset(1e-12));
        double each = Formulas.quantileOfEach(0.99, 10);
        assertThat(1 - Formulas.slowShare(1 - each, 10)).isCloseTo(0.99, Offset.offset(1e-4));
    }

    @Test
    void aFallbackLetsAShareThrough() {
        assertThat(Formulas.behindFallback(.99, 0)).isCloseTo(.99, Offset.offset(1e-12));
        assertThat(Formulas.behindFallback(.99, 1)).isEqualTo(1);
        assertThat(Formulas.behindFallback(.99, .75)).isCloseTo(.9975, Offset.offset(1e-12));
    }

    @Test
    void conflationNeverPassesMoreThanThereIs() {
        assertThat(Formulas.conflated(10_000, 50_000, 5)).isCloseTo(6321, digits(0));
        assertThat(Formulas.conflated(10_000, 50_000, 0)).isEqualTo(10_000);
        assertThat(Formulas.conflated(1e-9, 1, 1e-9)).isLessThanOrEqualTo(1e-9);
        assertThat(Formulas.conflated(1e15, 10, 1)).isCloseTo(10, Offset.offset(1e-9));
    }

    @Test
    void aCompactedLogHasRoomForWhatIsSuperseded() {
        assertThat(Formulas.logBytes(1000, 420, 3, 0.5)).isEqualTo(1000.0 * 420 * 3 * 2);
    }
}
