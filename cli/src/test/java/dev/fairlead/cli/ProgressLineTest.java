package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final String REWRITE = "\r\u001B[K";

    private final StringWriter err = new StringWriter();

    @Test
    void aLineThatIsTooLongEndsAtTheEdgeOfTheTerminal() {
        ProgressLine.on(new PrintWriter(err), Terminal.COLOURLESS).show("step\n1");

        assertThat(err.toString()).isEqualTo(REWRITE + "\u001B[?7lstep 1\u001B[?7h");
    }

    @Test
    void onceClosedItStaysEmpty() {
        ProgressLine progress = ProgressLine.on(new PrintWriter(err), Terminal.COLOURED);
        progress.show("step 1");
        progress.close();
        progress.show("step 2");

        assertThat(err.toString()).endsWith(REWRITE).doesNotContain("step 2");
    }

    @Test
    void aPipeIsShownNothing() {
        try (ProgressLine progress = ProgressLine.on(new PrintWriter(err), Terminal.NONE)) {
            progress.show("step 1");
        }

        assertThat(err.toString()).isEmpty();
    }
}
