package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RATE     | 400/s       | 400
                    RATE     | 5/min       | 0.083333333333333333
                    RATE     | 1/h         | 0.000277777777777778
                    RATE     | 1/day       | 0.0000115740740740741
                    RATE     | 1/d         | 0.0000115740740740741
                    RATE     | 3k/s        | 3000
                    RATE     | 2 million/s | 2000000
                    RATE     | 0.5/s       | 0.5
                    RATE     | 0/s         | 0
                    RATE     | 400 /s      | 400
                    RATE     | never       | 0
                    RATE     | rarely      | 0.0000115740740740741
                    RATE     | sometimes   | 0.016666666666666666
                    RATE     | often       | 1
                    RATE     | constantly  | 100
                    SIZE     | 300B        | 300
                    SIZE     | 300 B       | 300
                    SIZE     | 1.2KB       | 1200
                    SIZE     | 1.2kB       | 1200
                    SIZE     | 1MB         | 1000000
                    SIZE     | 1GB         | 1000000000
                    SIZE     | 1KiB        | 1024
                    SIZE     | 1MiB        | 1048576
                    SIZE     | 1GiB        | 1073741824
                    COUNT    | 4372        | 4372
                    COUNT    | 3k          | 3000
                    COUNT    | 2 million   | 2000000
                    COUNT    | 1.5 million | 1500000
                    COUNT    | 2M          | 2000000
                    COUNT    | 1 billion   | 1000000000
                    COUNT    | 2 thousand  | 2000
                    DURATION | 5s          | 5
                    DURATION | 300ms       | 0.3
                    DURATION | 250us       | 0.00025
                    DURATION | 10min       | 600
                    DURATION | 2h          | 7200
                    DURATION | 90d         | 7776000
                    DURATION | 0s          | 0
                    PERCENT  | 99.95%      | 0.9995
                    PERCENT  | 10 %        | 0.1
                    FACTOR   | 2.5         | 2.5
                    """)
    void readsWhatPeopleWrite(Measure measure, String text, double value) throws QuantityText.BadQuantity {
        Quantity quantity = QuantityText.read(measure, text);

        assertThat(quantity.low()).isCloseTo(value, Offset.offset(value * 1e-14));
        assertThat(quantity.isRange()).isFalse();
        assertThat(quantity.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RATE  | 3k..5k/s     | 3000 | 5000
                    RATE  | 3k/s..5k/s   | 3000 | 5000
                    RATE  | 1/min..1/s   | 0.016666666666666666 | 1
                    RATE  | 5..5/s       | 5    | 5
                    SIZE  | 1..2KB       | 1000 | 2000
                    SIZE  | 300B .. 2KB  | 300  | 2000
                    COUNT | 3k..5k       | 3000 | 5000
                    COUNT | 10..20       | 10   | 20
                    """)
    void readsRanges(Measure measure, String text, double low, double high) throws QuantityText.BadQuantity {
        Quantity quantity = QuantityText.read(measure, text);

        assertThat(quantity.low()).isEqualTo(low);
        assertThat(quantity.high()).isEqualTo(high);
        assertThat(quantity.middle()).isEqualTo((low + high) / 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RATE     | 400          | `400` has no unit
                    RATE     | 400/w        | `400/w` has the unit `/w`, which is not known here
                    RATE     | quickly      | `quickly` is not a rate
                    RATE     | -1/s         | `-1/s` is not a rate
                    RATE     | 5k..3k/s     | `5k..3k/s` is a range from more to less; write the smaller number first
                    RATE     | 1..2..3/s    | `1..2..3/s` is not a rate
                    RATE     | ../s         | `../s` is not a rate
                    RATE     | 999999999 billion/s | `999999999 billion/s` is too large
                    SIZE     | 300          | `300` has no unit
                    SIZE     | 300b         | `300b` has the unit `b`, which is not known here
                    SIZE     | 1.2.3KB      | `1.2.3KB` is not a size
                    SIZE     | 3kKB         | `3kKB` has the unit `kKB`, which is not known here
                    COUNT    | 1.5          | `1.5` is not a whole number
                    COUNT    | 4 372        | `4 372` is not a count
                    COUNT    | 4,372        | `4,372` is not a count
                    COUNT    | many         | `many` is not a count
                    COUNT    | 0x10         | `0x10` is not a count
                    COUNT    | 1e9          | `1e9` is not a count
                    COUNT    | 5 apples     | `5 apples` has the unit `apples`, which is not known here
                    COUNT    | 12345678901234567890 | `12345678901234567890` is not a count
                    DURATION | 5            | `5` has no unit
                    DURATION | 5m           | `5m` has the unit `m`, which is not known here
                    DURATION | 1s..2s       | `1s..2s` is a range, but one number is needed
                    PERCENT  | 0.9995       | `0.9995` has no unit
                    FACTOR   | one          | `one` is not a number
                    """)
    void saysWhyATextIsNoQuantityAndWhatToWrite(Measure measure, String text, String fault) {
        assertThatThrownBy(() -> QuantityText.read(measure, text))
                .isInstanceOf(QuantityText.BadQuantity.class)
                .hasMessage(fault + " (write " + measure.examples() + ")");
    }

    @Test
    void refusesAnEndlessTextAtOnce() {
        assertThatThrownBy(() -> QuantityText.read(Measure.COUNT, "9".repeat(1_000_000)))
                .hasMessageContaining("is not a count");
    }
}
