package dev.fairlead.spi.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("changes", "kind", "key", "keys", "when-stale");

    @ParameterizedTest
    @CsvSource({
        "chnages, changes",
        "change, changes",
        "kinds, kind",
        "kye, key",
        "whenStale, when-stale",
        "when_stale, when-stale",
        "keyz, key",
    })
    void findsTheWordThatWasMeant(String written, String meant) {
        assertThat(Nearest.find(written, KNOWN)).contains(meant);
    }

    @Test
    void findsNothingForAWordThatIsFarFromAll() {
        assertThat(Nearest.find("volume", KNOWN)).isEmpty();
        assertThat(Nearest.find("", KNOWN)).isEmpty();
        assertThat(Nearest.find("x".repeat(1_000_000), KNOWN)).isEmpty();
    }

    @Test
    void namesTheKnownWordsWhenNoneIsNear() {
        assertThat(Nearest.remedy("volume", KNOWN)).isEqualTo("known here: changes, kind, key, keys, when-stale");
        assertThat(Nearest.remedy("volume", List.of())).isEqualTo("there are none");
    }
}
