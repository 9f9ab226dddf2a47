package dev.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void checksEachSeedOnce() {
        List<Long> checked = new ArrayList<>();

        Seeds.first(3).check((seed, random) -> checked.add(seed));

        assertThat(checked).containsExactly(1L, 2L, 3L);
    }

    @Test
    void givesTheSameRandomNumbersForTheSameSeed() {
        List<Long> numbers = new ArrayList<>();

        Seeds.only(7).check((seed, random) -> numbers.add(random.nextLong()));
        Seeds.only(7).check((seed, random) -> numbers.add(random.nextLong()));

        assertThat(numbers.get(0)).isEqualTo(numbers.get(1));
    }

    @Test
    void namesTheSeedThatFailedAndHowToReplayIt() {
        assertThatThrownBy(() ->
                        Seeds.first(9).check((seed, random) -> assertThat(seed).isLessThan(5)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed with seed 5")
                .hasMessageContaining("-Dfairlead.seed=5");
    }

    @Test
    void replaysTheSeedThatThePropertyNames() {
        List<Long> checked = new ArrayList<>();
        System.setProperty(Seeds.PROPERTY, "42");
        try {
            Seeds.first(3).check((seed, random) -> checked.add(seed));
        } finally {
            System.clearProperty(Seeds.PROPERTY);
        }

        assertThat(checked).containsExactly(42L);
    }
}
