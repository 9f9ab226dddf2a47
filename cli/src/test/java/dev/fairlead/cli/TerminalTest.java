package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void aTerminalIsPainted() {
        assertThat(Terminal.of(true, Map.of("TERM", "xterm"))).isEqualTo(Terminal.COLOURED);
    }

    @Test
    void noColorIsHonouredWhateverItsValue() {
        assertThat(Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", "0"))).isEqualTo(Terminal.COLOURLESS);
        assertThat(Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", ""))).isEqualTo(Terminal.COLOURED);
    }

    @Test
    void aPipeAndADumbTerminalGetLines() {
        assertThat(Terminal.of(false, Map.of("TERM", "xterm"))).isEqualTo(Terminal.NONE);
        assertThat(Terminal.of(true, Map.of("TERM", "dumb"))).isEqualTo(Terminal.NONE);
        assertThat(Terminal.of(true, Map.of())).isEqualTo(Terminal.NONE);
    }
}
