package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    private static final MathContext THREE = new MathContext(3);

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "0.0999, 0.0999",
        "0.99951, 1",
        "9.994, 9.99",
        "9.996, 10",
        "99.95, 100",
        "999.4, 999",
        "999.6, 1000",
        "1234.5, 1230",
        "1.205, 1.21",
        "1.015, 1.01",
        "100.5, 101",
        "0.1235, 0.123",
        "0.1236, 0.124",
        "-2.5, -2.5",
        "3.10, 3.1",
        "12, 12"
    })
    void threeDigitsAreShown(double value, String shown) {
        assertThat(Figures.number(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theQuickWayGivesWhatTheExactOneGives(long seed) {
        Random random = new Random(seed);
        for (int each = 0; each < 50_000; each++) {
            double value = Math.pow(10, random.nextDouble() * 6 - 2);
            double some = random.nextBoolean() ? value : Math.rint(value * 1e4) / 1e4;
            if (some != Math.rint(some)) {
                assertThat(Figures.number(some))
                        .isEqualTo(new BigDecimal(some)
                                .round(THREE)
                                .stripTrailingZeros()
                                .toPlainString());
            }
        }
    }
}
