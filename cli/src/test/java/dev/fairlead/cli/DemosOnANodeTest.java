package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both demos over a node. */
class DemosOnANodeTest {
    /** The node is a process of its own, started for the demo; a story kills it. */
    @ParameterizedTest
    @CsvSource({"trading, 8", "store, 21"})
    void runsOnANode(String landscape, int checks) {
        CommandRun run = CommandRun.of("demo", landscape, "--for", "5s", "--mechanism", "http");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).contains("the node is http://127.0.0.1:");
        assertThat(run.out())
                .contains("killedServerLosesNothing", "eachServiceItsOwnProcess", "all " + checks + " checks passed");
    }
}
