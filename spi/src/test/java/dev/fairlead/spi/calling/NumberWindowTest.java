package dev.fairlead.spi.calling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberWindowTest {
    private final NumberWindow window = new NumberWindow();

    @Test
    void eachNumberComesOnceInWhateverOrder() {
        for (long number : new long[] {5, 1, 3, 4, 2, 4096, 4097}) {
            assertThat(window.come(number)).as("first " + number).isTrue();
            assertThat(window.come(number)).as("second " + number).isFalse();
        }
    }

    @Test
    void aNumberThatIsOlderThanTheWindowNeverComes() {
        window.come(2L * NumberWindow.SIZE);
        assertThat(window.come(NumberWindow.SIZE)).isFalse();
        assertThat(window.come(NumberWindow.SIZE + 1)).isTrue();
        assertThat(window.come(0)).isFalse();
        assertThat(window.come(-1)).isFalse();
        assertThat(window.come(Long.MIN_VALUE)).isFalse();
    }

    @Test
    void aLeapForgetsWhatWasInItsPlaces() {
        for (long number = 1; number <= NumberWindow.SIZE; number++) {
            window.come(number);
            window.run(number);
        }
        window.come(NumberWindow.SIZE + 10);
        assertThat(window.come(NumberWindow.SIZE + 1)).isTrue();
        assertThat(window.takeRun(NumberWindow.SIZE + 1)).isFalse();
        assertThat(window.takeRun(NumberWindow.SIZE)).isTrue();
        assertThat(window.come(Long.MAX_VALUE)).isTrue();
        assertThat(window.come(Long.MAX_VALUE - 1)).isTrue();
        assertThat(window.takeRun(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void aRunIsTakenOnce() {
        window.come(7);
        assertThat(window.takeRun(7)).isFalse();
        window.run(7);
        assertThat(window.takeRun(7)).isTrue();
        assertThat(window.takeRun(7)).isFalse();
    }
}
