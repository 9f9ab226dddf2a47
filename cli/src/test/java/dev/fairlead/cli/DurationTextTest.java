package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {
    private final DurationText text = new DurationText();

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "20s, PT20S", "5min, PT5M", "2h, PT2H", "999999999h, PT999999999H"})
    void readsTimesAsPlanFilesWriteThem(String written, Duration meant) {
        assertThat(text.convert(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "-1s", "1.5s", "20 s", "20S", "1d", "99999999999s"})
    void refusesEverythingElse(String written) {
        assertThatThrownBy(() -> text.convert(written))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("write for example");
    }
}
