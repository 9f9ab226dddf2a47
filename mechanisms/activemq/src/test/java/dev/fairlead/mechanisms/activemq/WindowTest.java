package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Window window = new Window();

    @Test
    void growsAsLongAsAllComesAtOnce() {
        for (int asked = 1; asked < 500; asked *= 2) {
            assertThat(window.size()).isEqualTo(asked);
            window.note(asked, asked, AT_ONCE, AT_ONCE);
        }
        assertThat(window.size()).isEqualTo(512);
    }

    @Test
    void asksForWhatCameAfterLessCame() {
        grow(64);
        window.note(64, 10, AT_ONCE, Duration.ofMillis(10));
        assertThat(window.size()).isEqualTo(10);
        window.note(10, 0, Duration.ofSeconds(1), AT_ONCE);
        assertThat(window.size()).isOne();
    }

    @Test
    void asksForFewerWhenTheyComeSlowly() {
        grow(64);
        window.note(64, 64, AT_ONCE, Duration.ofMillis(10));
        assertThat(window.size()).isEqualTo(32);
        window.note(32, 32, AT_ONCE, Duration.ofMillis(4));
        assertThat(window.size()).isEqualTo(40);
        window.note(40, 40, AT_ONCE, Duration.ofMinutes(1));
        assertThat(window.size()).isOne();
    }

    @Test
    void staysWhereTheQueueWasEmptyBefore() {
        window.note(1, 1, Duration.ofMillis(5), AT_ONCE);
        assertThat(window.size()).isOne();
    }

    @Test
    void staysWhereTheReceiverWantedFewer() {
        grow(64);
        window.note(3, 3, AT_ONCE, Duration.ofSeconds(1));
        assertThat(window.size()).isEqualTo(64);
    }

    private void grow(int size) {
        while (window.size() < size) {
            window.note(window.size(), window.size(), AT_ONCE, AT_ONCE);
        }
    }
}
