package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapsTest {
    private static final int ONE = 11;
    private static final int OTHER = 22;

    private final Gaps gaps = new Gaps();

    @Test
    void anUnnamedGapPutsEveryKeyUnderSuspicion() {
        gaps.lost(5, 6);

        assertThat(gaps.suspects(ONE)).isTrue();
        assertThat(gaps.suspects(OTHER)).isTrue();
    }

    @Test
    void aNamedGapPutsOneKeyUnderSuspicion() {
        gaps.lost(5, 6);
        gaps.name(5, ONE);

        assertThat(gaps.suspects(ONE)).isTrue();
        assertThat(gaps.suspects(OTHER)).isFalse();
    }

    @Test
    void aNewerRecordOfTheKeyClosesItsOlderGapsOnly() {
        gaps.lost(5, 6);
        gaps.name(5, ONE);
        gaps.lost(7, 8);
        gaps.name(7, OTHER);
        gaps.lost(9, 10);
        gaps.name(9, ONE);

        assertThat(gaps.overtaken(ONE, 8)).isEqualTo(1);
        assertThat(gaps.all()).extracting(Gaps.Gap::offset).containsExactly(7L, 9L);
    }

    @Test
    void aGapIsClosedOnce() {
        gaps.lost(5, 7);

        assertThat(gaps.close(5)).isTrue();
        assertThat(gaps.close(5)).isFalse();
        assertThat(gaps.any()).isTrue();
        assertThat(gaps.close(6)).isTrue();
        assertThat(gaps.any()).isFalse();
    }
}
